package org.ocmcore.cache.adapter.cli;

import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON for scripts: a record as an object in one line, its components in their order, their names
 * in snake case. In ASCII, so that no terminal or locale changes it.
 */
final class JsonOutput {
  private static final JsonMapper MAPPER = JsonMapper.builder(
          JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build())
      .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .build();

  private JsonOutput() {}

  static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }
}

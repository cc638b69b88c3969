package org.ocmcore.cache.adapter.cli;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON for scripts: a record as an object in one line, its components in their order, their names
 * in snake case. In ASCII, so that no terminal or locale changes it.
 */
final class JsonOutput {
  private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .streamReadConstraints(StreamReadConstraints.builder()
              // A value may be as long as the servers store it.
              .maxStringLength(Integer.MAX_VALUE)
              .build())
          .build())
      .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .build();

  private JsonOutput() {}

  static String line(Object value) {
    // The one control character that JSON takes as it is.
    return MAPPER.writeValueAsString(value).replace("\u007f", "\\u007F");
  }

  static <T> T convert(JsonNode json, Class<T> type) {
    return MAPPER.treeToValue(json, type);
  }

  /** @throws tools.jackson.core.JacksonException if it is no such JSON */
  static <T> T parse(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}

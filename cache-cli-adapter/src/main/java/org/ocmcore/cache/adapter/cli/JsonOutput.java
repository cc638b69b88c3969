package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.MismatchedInputException;
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
      // What a record needs is there, or the text cannot be read; what may be absent is Optional.
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
      .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .build();

  private JsonOutput() {}

  static String line(Object value) {
    // The one control character that JSON takes as it is.
    return MAPPER.writeValueAsString(value).replace("\u007f", "\\u007F");
  }

  /** Gets ready to parse such JSON, which takes some 40 ms at first: for the time of a request. */
  static void prepare(Class<?> type) {
    MAPPER.readerFor(type);
  }

  /** @throws tools.jackson.core.JacksonException if it is nothing of the kind */
  static <T> T convert(JsonNode json, Class<T> type) {
    return present(MAPPER.treeToValue(json, type), type);
  }

  /** @throws tools.jackson.core.JacksonException if it is no such JSON */
  static <T> T parse(byte[] json, Class<T> type) {
    return present(MAPPER.readValue(json, type), type);
  }

  private static <T> T present(T found, Class<T> type) {
    if (found == null) {
      throw MismatchedInputException.from((JsonParser) null, type, "it is null");
    }
    return found;
  }
}

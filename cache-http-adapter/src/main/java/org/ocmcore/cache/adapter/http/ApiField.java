package org.ocmcore.cache.adapter.http;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ocmcore.cache.domain.entry.Lifetime;

/**
 * A parameter, a header or a field of a body as the description of the API has it.
 *
 * @param text what it means, in a sentence without a full stop
 * @param schema its JSON schema
 */
record ApiField(String name, String text, boolean isRequired, Map<String, Object> schema) {
  private static final String TYPE = "type";

  /** A text. */
  static ApiField text(String name, String text) {
    return new ApiField(name, text, false, Map.of(TYPE, "string"));
  }

  /**
   * Bytes in base64 of either alphabet. No {@code contentEncoding}: Swagger UI would ask for a
   * file.
   */
  static ApiField base64(String name, String text) {
    return new ApiField(
        name, text, false, Map.of(TYPE, "string", "pattern", "^[A-Za-z0-9+/_-]*={0,2}$"));
  }

  /** True or false; false if it is left out. */
  static ApiField flag(String name, String text) {
    return new ApiField(name, text, false, Map.of(TYPE, "boolean")).byDefault(false);
  }

  /** A whole number within these bounds, inclusive. */
  static ApiField number(String name, long least, long most, String text) {
    Map<String, Object> schema =
        Description.map(TYPE, "integer", "minimum", least, "maximum", most);
    if (most > Integer.MAX_VALUE) {
      schema.put("format", "int64");
    }
    return new ApiField(name, text, false, schema);
  }

  /** One of these words. */
  static ApiField choice(String name, String text, List<String> words) {
    return new ApiField(name, text, false, Map.of(TYPE, "string", "enum", words));
  }

  /** One of the constants by its name in lower case. */
  static ApiField choice(String name, String text, Class<? extends Enum<?>> constants) {
    return choice(
        name,
        text,
        Arrays.stream(constants.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  /** Several strings, as a list in a body. */
  static ApiField texts(String name, String text) {
    return new ApiField(name, text, false, Map.of(TYPE, "array", "items", Map.of(TYPE, "string")));
  }

  /** A lifetime in seconds, null for never, or one of these words. */
  static ApiField lifetime(String name, String text, String... words) {
    Map<String, Object> seconds =
        Map.of(TYPE, List.of("integer", "null"), "minimum", 1, "maximum", Lifetime.MAX.toSeconds());
    return new ApiField(
        name, text, false, Map.of("anyOf", List.of(seconds, Map.of("enum", List.of(words)))));
  }

  /** One that has this schema. */
  static ApiField of(String name, String text, Map<String, Object> schema) {
    return new ApiField(name, text, false, schema);
  }

  /** The same; a request without it is rejected. */
  ApiField required() {
    return new ApiField(name, text, true, schema);
  }

  /**
   * The same with what it is if it is left out. Of a value of several types only the text says it:
   * generated clients have no type that such a default would fit, and do not compile.
   */
  ApiField byDefault(Object value) {
    if (schema.containsKey("anyOf")) {
      return new ApiField(name, text + "; " + value + " if it is left out", isRequired, schema);
    }
    Map<String, Object> more = new LinkedHashMap<>(schema);
    more.put("default", value);
    return new ApiField(name, text, isRequired, more);
  }
}

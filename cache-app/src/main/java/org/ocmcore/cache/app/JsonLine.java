package org.ocmcore.cache.app;

import java.util.Collection;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A JSON object in one line (RFC 8259), in ASCII, so that no terminal or locale changes it. */
final class JsonLine {
  private final StringBuilder json = new StringBuilder("{");

  JsonLine text(String name, String value) {
    return raw(name, quoted(value));
  }

  JsonLine number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Adds a number, or null if there is none. */
  JsonLine number(String name, OptionalLong value) {
    return raw(name, value.isEmpty() ? "null" : Long.toString(value.getAsLong()));
  }

  JsonLine flag(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  JsonLine texts(String name, Collection<String> values) {
    return raw(
        name, values.stream().map(JsonLine::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  JsonLine objects(String name, Collection<JsonLine> values) {
    return raw(
        name, values.stream().map(JsonLine::toString).collect(Collectors.joining(",", "[", "]")));
  }

  private JsonLine raw(String name, String value) {
    json.append(json.length() > 1 ? "," : "").append(quoted(name)).append(':').append(value);
    return this;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character >= ' ' && character < 0x7f) {
        quoted.append(character);
      } else {
        quoted.append("\\u%04x".formatted((int) character));
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return json + "}";
  }
}

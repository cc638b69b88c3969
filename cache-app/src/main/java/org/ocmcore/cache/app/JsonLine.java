package org.ocmcore.cache.app;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** A line of the log as a JSON object: in ASCII, so that no terminal obeys it. */
final class JsonLine {
  /** The most characters of a text, such as a stack trace. */
  static final int MAX_TEXT = 16_000;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Always with milliseconds, so that lines sort as text. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private final Map<String, Object> fields = new LinkedHashMap<>();

  JsonLine(Instant time, String level, String logger, String message) {
    fields.put("time", TIME.format(time));
    fields.put("level", level);
    fields.put("logger", logger);
    fields.put("message", message);
  }

  /** The same with another field, unless it has one of this name. */
  JsonLine with(String name, Object value) {
    fields.putIfAbsent(name, value);
    return this;
  }

  /** The object without an end of line. */
  @Override
  public String toString() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      fields.forEach((name, value) -> write(json, name, value));
      json.writeEndObject();
    }
    // The one control character that JSON and the library let through.
    return text.toString().replace("\u007f", "\\u007f");
  }

  private static void write(JsonGenerator json, String name, Object value) {
    if (value instanceof Long || value instanceof Integer) {
      json.writeNumberProperty(name, ((Number) value).longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBooleanProperty(name, flag);
    } else {
      json.writeStringProperty(name, cut(String.valueOf(value)));
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT
        ? text
        : text.substring(0, MAX_TEXT)
            + "... (%d characters more)".formatted(text.length() - MAX_TEXT);
  }
}

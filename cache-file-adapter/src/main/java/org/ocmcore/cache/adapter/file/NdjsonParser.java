package org.ocmcore.cache.adapter.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.ocmcore.cache.domain.port.DumpEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses one JSON object per line, with the fields of {@link EntryFields}. The value is a string,
 * {@code {"base64": "…"}}, or any JSON, which becomes its text.
 */
final class NdjsonParser implements ForeignParser {
  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(
          StreamReadConstraints.builder().maxStringLength(DumpFormat.MAX_LINE).build())
      .build();

  private final LineInput in;
  private final Instant now;

  NdjsonParser(InputStream text, Instant now) {
    this.in = new LineInput(text);
    this.now = now;
  }

  @Override
  public DumpEntry next() throws IOException {
    byte[] line;
    do {
      line = in.readLine(DumpFormat.MAX_LINE);
    } while (line != null && line.length == 0);
    if (line == null) {
      return null;
    }
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      return entry(json);
    } catch (JacksonException e) {
      throw ForeignParser.at(in.line(), "it is no JSON: %s: correct it".formatted(cause(e)));
    } catch (CorruptDumpException e) {
      throw ForeignParser.at(in.line(), e.getMessage());
    }
  }

  /** Jackson's words, without those about its own source. */
  private static String cause(JacksonException e) {
    String message = e.getOriginalMessage();
    return message.startsWith("Unexpected end-of-input") ? "it ends too early" : message;
  }

  private DumpEntry entry(JsonParser json) throws CorruptDumpException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new CorruptDumpException("it is no JSON object: write {\"key\": …, \"value\": …}");
    }
    EntryFields fields = new EntryFields(now);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      EntryFields.requireKnown(name);
      JsonToken token = json.nextToken();
      if (name.equals(EntryFields.VALUE)) {
        addValue(json, token, fields);
      } else if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
        fields.set(name, json.getString());
      } else if (token != JsonToken.VALUE_NULL || !name.equals(EntryFields.TTL)) {
        throw new CorruptDumpException(
            name + " is no text and no whole number: write one of these");
      }
    }
    if (json.nextToken() != null) {
      throw new CorruptDumpException("more follows its object: write one object per line");
    }
    return fields.entry();
  }

  private static void addValue(JsonParser json, JsonToken token, EntryFields fields)
      throws CorruptDumpException {
    if (token == JsonToken.VALUE_STRING) {
      fields.set(EntryFields.VALUE, json.getString());
      return;
    }
    byte[] text = copy(json);
    if (token == JsonToken.START_OBJECT) {
      String base64 = base64(text);
      if (base64 != null) {
        fields.set(EntryFields.VALUE_BASE64, base64);
        return;
      }
    }
    fields.setValue(text);
  }

  /** The text of the current JSON, without spaces. */
  private static byte[] copy(JsonParser json) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.copyCurrentStructureExact(json);
    }
    return text.toByteArray();
  }

  /** The string of an object with the field {@code base64} alone, or null. */
  private static String base64(byte[] object) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), object)) {
      json.nextToken();
      boolean named = json.nextToken() == JsonToken.PROPERTY_NAME
          && json.currentName().equals("base64")
          && json.nextToken() == JsonToken.VALUE_STRING;
      String text = named ? json.getString() : null;
      return named && json.nextToken() == JsonToken.END_OBJECT ? text : null;
    }
  }
}

package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.InputCoercionException;

/** Parses the line of one entry with a JSON parser. */
final class EntryLine {
  private byte[] key;
  private byte[] value;
  private Long flags;
  private Expiry expiry;
  private long lastAccess = KeyInfo.UNKNOWN;

  private EntryLine() {}

  /**
   * The entry of a line, whose fields may have any order.
   *
   * @param to the position of the line end
   * @param number the number of the entry in its block, for messages
   * @throws CorruptDumpException if the line is no valid entry; the message quotes no value
   */
  static DumpEntry parse(byte[] text, int from, int to, int number) throws CorruptDumpException {
    try (JsonParser json =
        DumpFormat.JSON.createParser(ObjectReadContext.empty(), text, from, to - from)) {
      return new EntryLine().parse(json);
    } catch (JacksonException e) {
      // Not kept as the cause: its message may quote a value.
      throw new CorruptDumpException("entry %d is not valid JSON".formatted(number));
    } catch (IllegalArgumentException e) {
      throw new CorruptDumpException("entry %d: %s".formatted(number, e.getMessage()));
    }
  }

  private DumpEntry parse(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it is not a JSON object");
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      parseField(name, json);
    }
    if (json.nextToken() != null) {
      throw new IllegalArgumentException("something follows the JSON object");
    }
    required(flags, "flags");
    return new DumpEntry(
        new CacheEntry(
            CacheKey.ofBytes(required(key, "key")),
            CacheValue.wrap(required(value, "value"), flags),
            required(expiry, "expires_at")),
        lastAccess);
  }

  private void parseField(String name, JsonParser json) {
    switch (name) {
      case "key" -> key = once(key, name, text(name, json));
      case "key_base64" -> key = once(key, name, base64(name, json));
      case "value" -> value = once(value, name, text(name, json));
      case "value_base64" -> value = once(value, name, base64(name, json));
      case "flags" -> flags = once(flags, name, integer(name, json));
      case "expires_at" -> expiry = once(expiry, name, expiry(name, json));
      case "size" -> integer(name, json);
      case "last_access" ->
        lastAccess =
            json.currentToken() == JsonToken.VALUE_NULL ? KeyInfo.UNKNOWN : integer(name, json);
      default -> throw new IllegalArgumentException("unknown field \"" + name + "\"");
    }
  }

  private static <T> T once(T before, String name, T read) {
    if (before != null) {
      throw new IllegalArgumentException("\"" + name + "\" comes after another of its kind");
    }
    return read;
  }

  private static <T> T required(T read, String name) {
    if (read == null) {
      throw new IllegalArgumentException("\"" + name + "\" is missing");
    }
    return read;
  }

  private static byte[] text(String name, JsonParser json) {
    String text = string(name, json);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      throw new IllegalArgumentException("\"" + name + "\" contains half a surrogate pair");
    }
    return bytes;
  }

  private static byte[] base64(String name, JsonParser json) {
    String text = string(name, json);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + name + "\" is not valid Base64", e);
    }
  }

  private static String string(String name, JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("\"" + name + "\" is not a text");
    }
    return json.getString();
  }

  private static long integer(String name, JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException("\"" + name + "\" is not a whole number");
    }
    try {
      return json.getLongValue();
    } catch (InputCoercionException e) {
      throw new IllegalArgumentException("\"" + name + "\" is out of range", e);
    }
  }

  private static Expiry expiry(String name, JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return Expiry.NEVER;
    }
    long second = integer(name, json);
    if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
      throw new IllegalArgumentException("\"" + name + "\" " + second + " is not a time");
    }
    return new Expiry(second);
  }
}

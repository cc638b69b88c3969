package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Converts values between the store and JSON. A JSON string is stored as its plain bytes, so that
 * every client can read it. Other JSON is stored as JSON text and marked in the flags. Values are
 * never deserialised into anything but JSON.
 */
final class ValueJson {
  /**
   * The flags of JSON that was stored here: "JS" in ASCII, in the upper half, since other clients
   * use the lower half for types and compression.
   */
  static final long JSON_FLAGS = 0x4A53_0000L;

  /** The default limit of memcached; few values are larger. */
  private static final long LARGE = 1024 * 1024;

  /** The extra memory of a value while it becomes JSON, as a multiple of its bytes. */
  private static final long SHOWN_SIZE = 4;

  private static final String BASE64 = "base64";

  private final JsonMapper json;

  ValueJson(JsonMapper json) {
    this.json = json;
  }

  /**
   * The value to store for this JSON.
   *
   * @throws IllegalArgumentException if it is invalid base64, or a string with half a surrogate
   *     pair
   */
  CacheValue toStore(JsonNode value) {
    if (value.isString()) {
      return CacheValue.wrap(utf8(value.stringValue()), 0);
    }
    if (value.isObject() && value.size() == 1 && value.path(BASE64).isString()) {
      return CacheValue.wrap(Base64.getDecoder().decode(value.get(BASE64).stringValue()), 0);
    }
    return CacheValue.wrap(json.writeValueAsBytes(value), JSON_FLAGS);
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "it contains half a surrogate pair, which is no Unicode text", e);
    }
  }

  /** The memory for values of this size in all, which become JSON one by one. */
  static long memory(long bytes) {
    return bytes + SHOWN_SIZE * Math.min(bytes, LARGE);
  }

  /** Values by key, each made into JSON when it is written. */
  ByKey byKey(List<CacheEntry> entries) {
    Map<String, Object> texts = new LinkedHashMap<>();
    Map<String, Object> binaries = new LinkedHashMap<>();
    for (CacheEntry entry : entries) {
      JacksonSerializable value = new LazyValue(entry.value());
      if (entry.key().isVerbatim()) {
        texts.put(entry.key().toString(), value);
      } else {
        binaries.put(KeyName.base64(entry.key()), value);
      }
    }
    return new ByKey(texts, Optional.of(binaries).filter(found -> !found.isEmpty()));
  }

  /**
   * Values by key.
   *
   * @param binaries those of keys that are not shown verbatim, by base64; empty if there are none
   */
  record ByKey(Map<String, Object> texts, Optional<Map<String, Object>> binaries) {}

  /** The value as a client sees it. */
  Shown show(CacheValue value) {
    byte[] bytes = value.bytes();
    return asJson(value.flags(), bytes)
        .or(() -> asText(bytes))
        .orElseGet(() -> new Shown("base64", Base64.getEncoder().encodeToString(bytes)));
  }

  private Optional<Shown> asJson(long flags, byte[] bytes) {
    if (flags != JSON_FLAGS) {
      return Optional.empty();
    }
    try {
      // No bytes are not JSON.
      return Optional.of(JsonBody.parse(json, bytes))
          .filter(node -> !node.isMissingNode())
          .map(node -> new Shown("json", node));
    } catch (JacksonException foreign) {
      // Another client uses the same flags for something else.
      return Optional.empty();
    }
  }

  private static Optional<Shown> asText(byte[] bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return Optional.of(new Shown("text", text.toString()));
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }

  /** A value that becomes JSON only when it is written; the JSON is not kept. */
  private final class LazyValue extends JacksonSerializable.Base {
    private final CacheValue value;

    LazyValue(CacheValue value) {
      this.value = value;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
      generator.writePOJO(show(value).alone());
    }

    @Override
    public void serializeWithType(
        JsonGenerator generator, SerializationContext context, TypeSerializer types) {
      serialize(generator, context);
    }
  }

  /**
   * A value in an answer.
   *
   * @param encoding {@code json}, {@code text} or {@code base64}
   */
  record Shown(String encoding, Object value) {
    /** The value for an answer without a field for the encoding. */
    Object alone() {
      return encoding.equals(BASE64) ? Map.of(BASE64, value) : value;
    }
  }
}

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
import java.util.function.Predicate;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.JsonMark;
import org.ocmcore.cache.domain.entry.Utf8;
import org.ocmcore.cache.domain.key.CacheKey;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Converts values between the store and JSON. A JSON string is stored as its plain bytes, so that
 * every client can read it. Other JSON is stored as JSON text with a {@link JsonMark}. Values are
 * never deserialised into anything but JSON.
 */
final class ValueJson {
  /** The extra memory of a value while it becomes JSON, as a multiple of its bytes. */
  private static final long SHOWN_SIZE = 4;

  private static final String BASE64 = "base64";

  private static final String HIDDEN = "hidden";

  private final JsonMapper json;
  private final Predicate<CacheKey> hidden;
  private final long mostBytes;

  /**
   * @param hidden says whose values nobody may see
   * @param mostBytes of the items in an answer
   */
  ValueJson(JsonMapper json, Predicate<CacheKey> hidden, long mostBytes) {
    this.json = json;
    this.hidden = hidden;
    this.mostBytes = mostBytes;
  }

  /** The memory for values that become JSON. @param share takes it */
  ArrivingValues arriving(ByteBudget.Share share) {
    return new ArrivingValues(share, SHOWN_SIZE, mostBytes);
  }

  /**
   * The value to store for this JSON.
   *
   * @throws IllegalArgumentException if it is invalid base64, a string with half a surrogate pair,
   *     or a string that would be read as JSON
   */
  CacheValue toStore(JsonNode value) {
    if (value.isString()) {
      return text(value.stringValue());
    }
    if (isBase64(value)) {
      return CacheValue.wrap(decode(value.get(BASE64).stringValue()), 0);
    }
    return JsonMark.mark(json.writeValueAsBytes(value));
  }

  /** Whether this is stored as JSON, neither as text nor as bytes. */
  static boolean isJson(JsonNode value) {
    return !value.isString() && !isBase64(value);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("what it has as base64 is not base64", e);
    }
  }

  private static boolean isBase64(JsonNode value) {
    return value.isObject() && value.size() == 1 && value.path(BASE64).isString();
  }

  private CacheValue text(String text) {
    CacheValue value = CacheValue.wrap(Utf8.encode(text), 0);
    if (asJson(value).isPresent()) {
      throw new IllegalArgumentException(
          "it is JSON that ends with a space, a tab and a line feed, which mark stored JSON; leave them out, or send the JSON itself");
    }
    return value;
  }

  /**
   * Values by key, each made into JSON when it is written, once, and then forgotten.
   *
   * @param memory of the values, which gets back what is written
   */
  ByKey byKey(List<CacheEntry> entries, ArrivingValues memory) {
    Map<String, Object> texts = new LinkedHashMap<>();
    Map<String, Object> binaries = new LinkedHashMap<>();
    for (CacheEntry entry : entries) {
      JacksonSerializable value = new LazyValue(entry, memory);
      if (entry.key().isPrintable()) {
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
   * @param binaries those of keys that cannot be given by name, by base64; empty if there are none
   */
  record ByKey(Map<String, Object> texts, Optional<Map<String, Object>> binaries) {}

  /** The value of an entry as a client sees it, unless nobody may. */
  Shown show(CacheEntry entry) {
    return hidden.test(entry.key()) ? new Shown(HIDDEN, null) : show(entry.value());
  }

  /** The value as a client sees it. */
  Shown show(CacheValue value) {
    byte[] bytes = value.bytes();
    return asJson(value)
        .map(node -> new Shown("json", node))
        .or(() -> asText(bytes))
        .orElseGet(() -> new Shown(BASE64, Base64.getEncoder().encodeToString(bytes)));
  }

  private Optional<JsonNode> asJson(CacheValue value) {
    if (!JsonMark.isOn(value)) {
      return Optional.empty();
    }
    try {
      // No bytes are not JSON.
      return Optional.of(JsonBody.parse(json, value.bytes())).filter(node -> !node.isMissingNode());
    } catch (JacksonException foreign) {
      // Another client uses the same flags or bytes for something else.
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
    private final ArrivingValues memory;

    /** Null when it is written. */
    private CacheEntry entry;

    LazyValue(CacheEntry entry, ArrivingValues memory) {
      this.entry = entry;
      this.memory = memory;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializationContext context) {
      CacheEntry written = entry;
      entry = null;
      generator.writePOJO(show(written).alone());
      memory.left(written.size());
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
   * @param encoding {@code json}, {@code text}, {@code base64} or {@code hidden}
   * @param value null if it is hidden
   */
  record Shown(String encoding, Object value) {
    /** The value for an answer without a field for the encoding. */
    Object alone() {
      return switch (encoding) {
        case BASE64 -> Map.of(BASE64, value);
        case HIDDEN -> Map.of(HIDDEN, true);
        default -> value;
      };
    }
  }
}

package org.ocmcore.cache.adapter.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.PlainText;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.query.FoundKeys;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;

/**
 * Keys in an answer. They are written while the index is visited, so that a million keys take no
 * memory; their names are copied as bytes, which a record for each key would not allow.
 */
final class KeyJson extends JacksonSerializable.Base {
  private final FoundKeys keys;
  private final boolean asObject;
  private final BiConsumer<JsonGenerator, KeyCursor> form;

  private KeyJson(FoundKeys keys, boolean asObject, BiConsumer<JsonGenerator, KeyCursor> form) {
    this.keys = keys;
    this.asObject = asObject;
    this.form = form;
  }

  /** A list of their readable forms. */
  static KeyJson names(FoundKeys keys) {
    return new KeyJson(keys, false, KeyJson::writeName);
  }

  /** A list of objects with the details of each key. */
  static KeyJson details(FoundKeys keys, Instant now) {
    return new KeyJson(keys, false, (json, key) -> writeDetails(json, key, now));
  }

  /**
   * An object with the bytes, in base64, of those that their readable forms do not address, by
   * these forms; empty if there are none.
   */
  static Optional<KeyJson> binaries(FoundKeys keys) {
    return hasBinaries(keys)
        ? Optional.of(new KeyJson(keys, true, KeyJson::writeBinary))
        : Optional.empty();
  }

  private static boolean hasBinaries(FoundKeys keys) {
    boolean[] found = new boolean[1];
    keys.visit(key -> found[0] |= needsBytes(key));
    return found[0];
  }

  @Override
  public void serialize(JsonGenerator json, SerializationContext context) {
    if (asObject) {
      json.writeStartObject();
    } else {
      json.writeStartArray();
    }
    keys.visit(key -> form.accept(json, key));
    if (asObject) {
      json.writeEndObject();
    } else {
      json.writeEndArray();
    }
  }

  @Override
  public void serializeWithType(
      JsonGenerator json,
      SerializationContext context,
      tools.jackson.databind.jsontype.TypeSerializer types) {
    serialize(json, context);
  }

  private static void writeName(JsonGenerator json, KeyCursor key) {
    if (isPlain(key)) {
      // Straight from the index: most keys never become a string.
      json.writeRawUTF8String(key.bytes(), key.from(), key.to() - key.from());
    } else {
      json.writeString(key.key().toString());
    }
  }

  private static boolean needsBytes(KeyCursor key) {
    return hasDots(key) || !isPlain(key) && !key.key().isVerbatim();
  }

  private static boolean hasDots(KeyCursor key) {
    return DotSegments.areIn(key.bytes(), key.from(), key.to());
  }

  /** What to say of keys that no client sends in a path; empty if there are none. */
  static Optional<String> warning(FoundKeys keys) {
    boolean[] found = new boolean[1];
    keys.visit(key -> found[0] |= hasDots(key));
    return found[0]
        ? Optional.of(
            "keys with a step \".\" or \"..\" cannot stand in a path, which clients shorten:"
                + " address them by key/?key_base64=")
        : Optional.empty();
  }

  private static boolean isPlain(KeyCursor key) {
    return PlainText.length(key.bytes(), key.from(), key.to()) == key.to() - key.from();
  }

  private static void writeDetails(JsonGenerator json, KeyCursor key, Instant now) {
    json.writeStartObject();
    json.writeName("key");
    writeName(json, key);
    if (needsBytes(key)) {
      json.writeStringProperty("key_base64", base64(key));
    }
    write(json, "ttl_seconds", Times.seconds(key.expiry().remaining(now)).orElse(null));
    json.writeNumberProperty("size_bytes", key.size());
    write(json, "flags", key.flags() == KeyInfo.UNKNOWN ? null : key.flags());
    write(json, "last_access_seconds", idle(key, now));
    json.writeStringProperty("server", key.server());
    int copies = key.copies();
    if (copies > 1) {
      json.writeNumberProperty("copies", copies);
    }
    json.writeEndObject();
  }

  private static Long idle(KeyCursor key, Instant now) {
    return key.lastAccess() == KeyInfo.UNKNOWN
        ? null
        : Math.max(0, now.getEpochSecond() - key.lastAccess());
  }

  private static void write(JsonGenerator json, String name, Long number) {
    if (number == null) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, number);
    }
  }

  private static void writeBinary(JsonGenerator json, KeyCursor key) {
    if (needsBytes(key)) {
      json.writeStringProperty(key.key().toString(), base64(key));
    }
  }

  private static String base64(KeyCursor key) {
    return KeyName.base64(Arrays.copyOfRange(key.bytes(), key.from(), key.to()));
  }
}

package org.ocmcore.cache.adapter.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.PlainText;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.DotSegments;
import org.ocmcore.cache.domain.query.FoundKeys;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/**
 * Keys in an answer. They are written while the index is visited, so that a million keys take no
 * memory and no time before the first byte; their names are copied as bytes, which a record for
 * each key would not allow. What an answer says of them all is known when they are written, so it
 * must stand after them. For use by one thread.
 */
final class KeyJson extends JacksonSerializable.Base {
  private final FoundKeys keys;
  private final Form form;
  private boolean isWritten;
  private boolean haveBinaries;
  private boolean haveDots;

  /** How one key is written. */
  private interface Form {
    /** @param needsBytes whether its readable form does not address it */
    void write(JsonGenerator json, KeyCursor key, boolean needsBytes);
  }

  private KeyJson(FoundKeys keys, Form form) {
    this.keys = keys;
    this.form = form;
  }

  /** A list of their readable forms. */
  static KeyJson names(FoundKeys keys) {
    return new KeyJson(keys, (json, key, needsBytes) -> writeName(json, key));
  }

  /** A list of objects with the details of each key. */
  static KeyJson details(FoundKeys keys, Instant now) {
    return new KeyJson(keys, (json, key, needsBytes) -> writeDetails(json, key, needsBytes, now));
  }

  @Override
  public void serialize(JsonGenerator json, SerializationContext context) {
    json.writeStartArray();
    keys.visit(key -> {
      boolean hasDots = hasDots(key);
      boolean needsBytes = hasDots || isBinary(key);
      haveDots |= hasDots;
      haveBinaries |= needsBytes;
      form.write(json, key, needsBytes);
    });
    json.writeEndArray();
    isWritten = true;
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializationContext context, TypeSerializer types) {
    serialize(json, context);
  }

  private void requireWritten() {
    if (!isWritten) {
      throw new IllegalStateException("the keys must be written first");
    }
  }

  /**
   * An object with the bytes, in base64, of those that their readable forms do not address, by
   * these forms. It counts as empty if there are none.
   */
  Binaries binaries() {
    return new Binaries();
  }

  /** See {@link #binaries()}. */
  final class Binaries extends JacksonSerializable.Base {
    @Override
    public boolean isEmpty(SerializationContext context) {
      requireWritten();
      return !haveBinaries;
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      keys.visit(key -> {
        if (hasDots(key) || isBinary(key)) {
          json.writeStringProperty(key.key().toString(), base64(key));
        }
      });
      json.writeEndObject();
    }

    @Override
    public void serializeWithType(
        JsonGenerator json, SerializationContext context, TypeSerializer types) {
      serialize(json, context);
    }
  }

  /** What to say of keys that no client sends in a path; empty if there are none. */
  Optional<String> warning() {
    requireWritten();
    return warning(haveDots);
  }

  /** The same of keys that are not listed. */
  static Optional<String> warning(FoundKeys keys) {
    boolean[] found = new boolean[1];
    keys.visit(key -> found[0] |= hasDots(key));
    return warning(found[0]);
  }

  private static Optional<String> warning(boolean haveDots) {
    return haveDots
        ? Optional.of(
            "keys with a step \".\" or \"..\" cannot stand in a path, which clients shorten:"
                + " address them by key/?key_base64=")
        : Optional.empty();
  }

  private static boolean hasDots(KeyCursor key) {
    return DotSegments.areIn(key.bytes(), key.from(), key.to());
  }

  private static boolean isBinary(KeyCursor key) {
    return !CacheKey.isPrintable(key.bytes(), key.from(), key.to());
  }

  private static void writeName(JsonGenerator json, KeyCursor key) {
    if (isPlain(key)) {
      // Straight from the index: most keys never become a string.
      json.writeRawUTF8String(key.bytes(), key.from(), key.to() - key.from());
    } else {
      json.writeString(key.key().toString());
    }
  }

  private static boolean isPlain(KeyCursor key) {
    return PlainText.length(key.bytes(), key.from(), key.to()) == key.to() - key.from();
  }

  private static void writeDetails(
      JsonGenerator json, KeyCursor key, boolean needsBytes, Instant now) {
    json.writeStartObject();
    json.writeName("key");
    writeName(json, key);
    if (needsBytes) {
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

  private static String base64(KeyCursor key) {
    return KeyName.base64(Arrays.copyOfRange(key.bytes(), key.from(), key.to()));
  }
}

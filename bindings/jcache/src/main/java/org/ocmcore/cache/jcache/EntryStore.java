package org.ocmcore.cache.jcache;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.error.UnexpectedValue;

/**
 * Typed entries in an app view. The stored bytes are the time of expiry in milliseconds, as 8 bytes
 * big-endian, then what the codec made of the value: servers know whole seconds only. For any
 * number of threads.
 */
final class EntryStore<K, V> {
  private static final Duration FORGET_REMOVED_AFTER = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(3650);

  private final JCacheSettings settings;
  private final Cache cache;
  private final Class<K> keyType;
  private final Class<V> valueType;

  EntryStore(JCacheSettings settings, Cache cache, Class<K> keyType, Class<V> valueType) {
    this.settings = settings;
    this.cache = cache;
    this.keyType = keyType;
    this.valueType = valueType;
  }

  long now() {
    return settings.clock().millis();
  }

  private String text(K key) {
    if (!keyType.isInstance(key)) {
      throw wrongType("key", key, keyType);
    }
    return settings.keys().toText(key, keyType);
  }

  private static ClassCastException wrongType(String what, Object object, Class<?> type) {
    return new ClassCastException("the %s is of type %s; the cache is configured for %s"
        .formatted(what, object.getClass().getTypeName(), type.getTypeName()));
  }

  /** Rejects null, and types that are not the configured ones. */
  void check(V value) {
    if (!valueType.isInstance(value)) {
      throw wrongType("value", value, valueType);
    }
  }

  /** A copy of the key, which its owner cannot change any more. */
  K copy(K key) {
    return keyType.cast(settings.keys().toKey(text(key), keyType));
  }

  /** What is stored under the key. */
  Slot<V> read(K key) {
    String text = text(key);
    return cache
        .getVersioned(text, byte[].class)
        .map(found -> decode(text, OptionalLong.of(found.version()), found.value()))
        .orElseGet(() -> new Slot<>(OptionalLong.empty(), null, Slot.REMOVED));
  }

  /** The values of those keys that have one, in one round trip per server. */
  Map<K, V> readAll(Collection<? extends K> keys) {
    Map<String, K> texts = new LinkedHashMap<>();
    keys.forEach(key -> texts.put(text(key), key));
    Map<K, V> values = new HashMap<>();
    cache.getAll(texts.keySet(), byte[].class).forEach((text, bytes) -> {
      Slot<V> slot = decode(text, OptionalLong.empty(), bytes);
      if (slot.isLive(now())) {
        values.put(texts.get(text), slot.value());
      }
    });
    return values;
  }

  private Slot<V> decode(String text, OptionalLong version, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.remaining() < Long.BYTES) {
      throw new UnexpectedValue(
          text, "an entry of a JCache", "it has only %d bytes".formatted(bytes.length));
    }
    long expiresAt = buffer.getLong();
    if (expiresAt == Slot.REMOVED) {
      return new Slot<>(version, null, expiresAt);
    }
    byte[] encoded = new byte[buffer.remaining()];
    buffer.get(encoded);
    try {
      Object value = settings.codec().decode(encoded, valueType);
      return new Slot<>(version, valueType.cast(value), expiresAt);
    } catch (RuntimeException e) {
      throw new UnexpectedValue(
          text, "a value of type " + valueType.getTypeName(), "the codec cannot read it", e);
    }
  }

  /**
   * Stores the value unless the slot has changed since it was read; returns whether it was stored.
   */
  boolean store(K key, Slot<V> seen, V value, long expiresAt) {
    if (expiresAt <= now()) {
      return remove(key, seen);
    }
    byte[] encoded = encode(key, value);
    byte[] bytes = ByteBuffer.allocate(Long.BYTES + encoded.length)
        .putLong(expiresAt)
        .put(encoded)
        .array();
    return swap(key, seen, bytes, lifetime(expiresAt));
  }

  private byte[] encode(K key, V value) {
    try {
      return settings.codec().encode(value);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the value for key '%s' cannot be stored: the codec failed for %s"
              .formatted(text(key), value.getClass().getTypeName()),
          e);
    }
  }

  /** Removes the value unless the slot has changed since it was read; returns whether it did. */
  boolean remove(K key, Slot<V> seen) {
    byte[] removed = ByteBuffer.allocate(Long.BYTES).putLong(Slot.REMOVED).array();
    return seen.value() == null || swap(key, seen, removed, FORGET_REMOVED_AFTER);
  }

  private boolean swap(K key, Slot<V> seen, byte[] bytes, Duration lifetime) {
    return seen.version().isPresent()
        ? cache.replace(text(key), seen.version().getAsLong(), bytes, lifetime)
        : cache.add(text(key), bytes, lifetime);
  }

  private Duration lifetime(long expiresAt) {
    Duration left = Duration.ofMillis(expiresAt - now());
    if (expiresAt == Slot.NEVER || left.compareTo(LONGEST) >= 0) {
      return Cache.FOREVER;
    }
    return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
  }

  /** The keys of the values that have not expired. Walks all servers, then reads the values. */
  List<K> liveKeys() {
    return new ArrayList<>(readAll(keys()).keySet());
  }

  private List<K> keys() {
    try (Stream<String> names = cache.keys("^")) {
      return names
          .map(text -> keyType.cast(settings.keys().toKey(text, keyType)))
          .toList();
    }
  }

  void clear() {
    cache.clear();
  }
}

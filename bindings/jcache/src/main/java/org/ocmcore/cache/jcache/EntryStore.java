package org.ocmcore.cache.jcache;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.client.Cache;

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
    return cache
        .getVersioned(text(key), byte[].class)
        .map(found -> decode(OptionalLong.of(found.version()), found.value()))
        .orElseGet(() -> new Slot<>(OptionalLong.empty(), null, Slot.REMOVED));
  }

  /** The slots of those keys that are stored, without versions, in one round trip per server. */
  Map<K, Slot<V>> readAll(Collection<? extends K> keys) {
    Map<String, K> texts = new LinkedHashMap<>();
    keys.forEach(key -> texts.put(text(key), key));
    Map<K, Slot<V>> slots = new HashMap<>();
    cache
        .getAll(texts.keySet(), byte[].class)
        .forEach((text, bytes) -> slots.put(texts.get(text), decode(OptionalLong.empty(), bytes)));
    return slots;
  }

  private Slot<V> decode(OptionalLong version, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.remaining() < Long.BYTES) {
      throw new IllegalStateException(
          "an item of %d bytes is no entry of a JCache; use another cache name"
              .formatted(bytes.length));
    }
    long expiresAt = buffer.getLong();
    if (expiresAt == Slot.REMOVED) {
      return new Slot<>(version, null, expiresAt);
    }
    byte[] encoded = new byte[buffer.remaining()];
    buffer.get(encoded);
    return new Slot<>(
        version, valueType.cast(settings.codec().decode(encoded, valueType)), expiresAt);
  }

  /**
   * Stores the value unless the slot has changed since it was read; returns whether it was stored.
   */
  boolean store(K key, Slot<V> seen, V value, long expiresAt) {
    if (expiresAt <= now()) {
      return remove(key, seen);
    }
    byte[] encoded = settings.codec().encode(value);
    byte[] bytes = ByteBuffer.allocate(Long.BYTES + encoded.length)
        .putLong(expiresAt)
        .put(encoded)
        .array();
    return swap(key, seen, bytes, lifetime(expiresAt));
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

  /** The keys in the store; some may have expired. Walks all servers. */
  List<K> keys() {
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

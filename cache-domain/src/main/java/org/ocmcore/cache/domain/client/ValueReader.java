package org.ocmcore.cache.domain.client;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/** Reads values: from the near cache, if there is one and it has them; otherwise from the store. */
final class ValueReader {
  private final Supplier<KeyNamespace> namespaces;
  private final StoreAccess access;
  private final CachePort cache;
  private final ValueConverter values;
  private final CacheCounters counters;

  /** Null if there is none. */
  private final NearCache near;

  ValueReader(CacheView view) {
    this.namespaces = view.namespaces();
    this.access = view.access();
    this.cache = view.access().store().cache();
    this.values = view.values();
    this.counters = view.counters();
    this.near = view.near().orElse(null);
  }

  /** The value of a key, counted. */
  <T> Optional<T> get(String name, Type type) {
    NearEntry kept = near(name, type);
    if (kept != null) {
      return counted(this.<T>decode(name, kept, type));
    }
    Optional<T> value = near == null
        ? fetchValue(namespaces.get().key(name), type)
        : this.<T>fetch(name, type).flatMap(ReadValue::value);
    counters.countRead(value.isPresent());
    return value;
  }

  private <T> Optional<T> counted(Optional<T> nearValue) {
    if (nearValue.isPresent()) {
      counters.countNearHits(1);
    } else {
      counters.countRead(false);
    }
    return nearValue;
  }

  private <T> Optional<T> fetchValue(CacheKey key, Type type) {
    Optional<CacheValue> value =
        access.callOrMiss("get", key, () -> cache.get(key), Optional.empty());
    return value.flatMap(found -> values.decode(key, found, type));
  }

  private NearEntry near(String name, Type type) {
    return near == null ? null : near.find(namespaces.get().fullName(name), type);
  }

  @SuppressWarnings("unchecked") // The near cache gives entries of the type that was asked for.
  private <T> Optional<T> decode(String name, NearEntry kept, Type type) {
    return kept.stored() == null
        ? (Optional<T>) kept.shared()
        : values.decode(namespaces.get().key(name), kept.stored(), type);
  }

  /** What the near cache has under a key; not counted. */
  <T> Optional<ReadValue<T>> findNear(String name, Type type) {
    NearEntry kept = near(name, type);
    return kept == null
        ? Optional.empty()
        : Optional.of(new ReadValue<>(decode(name, kept, type), kept.expiry()));
  }

  /** What the store has under a key, with its expiry; not counted. */
  <T> Optional<ReadValue<T>> fetch(String name, Type type) {
    KeyNamespace namespace = namespaces.get();
    CacheKey key = namespace.key(name);
    String full = namespace.fullName(name);
    NearStamp stamp = near == null ? null : near.stamp(full);
    Optional<CacheEntry> read =
        access.callOrMiss("get", key, () -> cache.read(key), Optional.empty());
    return read.map(entry -> {
      Optional<T> value = values.decode(key, entry.value(), type);
      if (near != null) {
        near.keep(full, stamp, entry, value, type);
      }
      return new ReadValue<>(value, entry.expiry());
    });
  }

  /** What the store has under a key; not counted. The expiry is never, if it is not needed. */
  <T> Optional<ReadValue<T>> fetch(String name, Type type, boolean needsExpiry) {
    if (needsExpiry || near != null) {
      return fetch(name, type);
    }
    CacheKey key = namespaces.get().key(name);
    Optional<CacheValue> read =
        access.callOrMiss("get", key, () -> cache.get(key), Optional.empty());
    return read.map(found -> new ReadValue<>(values.<T>decode(key, found, type), Expiry.NEVER));
  }

  private record Asked(String name, String full, NearStamp stamp) {}

  /** The values of the keys that exist, in the order of the keys; counted. */
  <T> Map<String, T> getAll(Collection<String> names, Type type) {
    Map<String, Optional<T>> found = new LinkedHashMap<>();
    Map<CacheKey, Asked> missing = new LinkedHashMap<>();
    KeyNamespace namespace = namespaces.get();
    for (String name : names) {
      NearEntry kept = near(name, type);
      if (kept != null) {
        found.put(name, decode(name, kept, type));
      } else {
        found.put(name, Optional.empty());
        String full = namespace.fullName(name);
        missing.put(
            namespace.key(name), new Asked(name, full, near == null ? null : near.stamp(full)));
      }
    }
    long nearHits = found.values().stream().filter(Optional::isPresent).count();
    if (!missing.isEmpty()) {
      new ManyKeys(access).read(missing.keySet()).forEach((key, entry) -> {
        Asked asked = missing.get(key);
        Optional<T> value = values.decode(key, entry.value(), type);
        if (near != null) {
          near.keep(asked.full(), asked.stamp(), entry, value, type);
        }
        found.put(asked.name(), value);
      });
    }
    Map<String, T> present = new LinkedHashMap<>();
    found.forEach((name, value) -> value.ifPresent(exists -> present.put(name, exists)));
    counters.countNearHits(nearHits);
    counters.countReads(present.size() - nearHits, found.size() - present.size());
    return present;
  }
}

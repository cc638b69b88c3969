package org.ocmcore.cache.jcache;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The work of a JCache on many keys. For any number of threads. */
final class ManyEntries<K, V> {
  private final EntryAccess<K, V> access;
  private final CacheWriting<K, V> writing;

  ManyEntries(EntryAccess<K, V> access, CacheWriting<K, V> writing) {
    this.access = access;
    this.writing = writing;
  }

  Map<K, V> get(Set<? extends K> keys) {
    long start = System.nanoTime();
    Map<K, V> found = access.store().readAll(keys);
    Set<K> missing = new HashSet<>(keys);
    missing.removeAll(found.keySet());
    found.keySet().forEach(access.changes()::touch);
    access.statistics().countReads(found.size(), missing.size(), start);
    if (access.loading().isReadThrough() && !missing.isEmpty()) {
      found.putAll(load(missing));
    }
    return found;
  }

  /** Loads and stores; returns what the loader has. */
  private Map<K, V> load(Set<K> keys) {
    Map<K, V> loaded = new HashMap<>(access.loading().loadAll(keys));
    loaded.keySet().retainAll(keys);
    loaded.values().removeIf(value -> value == null);
    loaded.forEach((key, value) -> {
      access.store().check(value);
      access.changes().change(key, current -> ChangeResult.storeLoaded(value, value));
    });
    return loaded;
  }

  /** Loads those that are missing, or all. */
  void load(Set<? extends K> keys, boolean replaceExisting) {
    Set<K> wanted = new HashSet<>(keys);
    if (!replaceExisting) {
      wanted.removeAll(access.store().readAll(keys).keySet());
    }
    if (!wanted.isEmpty()) {
      load(wanted);
    }
  }

  void put(Map<? extends K, ? extends V> entries) {
    if (!writing.isOn()) {
      entries.forEach(
          (key, value) -> access.changes().change(key, current -> ChangeResult.store(value, null)));
      return;
    }
    CacheWriting.Batch<K> batch = writing.writeAll(entries);
    batch
        .written()
        .forEach(key -> access
            .changes()
            .changeWritten(key, current -> ChangeResult.store(entries.get(key), null)));
    batch.throwFailure();
  }

  void remove(Collection<? extends K> keys) {
    if (keys.isEmpty()) {
      return;
    }
    if (!writing.isOn()) {
      keys.forEach(this::removeWritten);
      return;
    }
    CacheWriting.Batch<K> batch = writing.deleteAll(keys);
    batch.written().forEach(this::removeWritten);
    batch.throwFailure();
  }

  private void removeWritten(K key) {
    access.changes().changeWritten(key, current -> ChangeResult.remove(null));
  }
}

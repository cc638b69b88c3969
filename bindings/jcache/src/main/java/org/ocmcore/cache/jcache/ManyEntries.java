package org.ocmcore.cache.jcache;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The work of a JCache on many keys. For any number of threads. */
final class ManyEntries<K, V> {
  private final EntryStore<K, V> store;
  private final EntryChanges<K, V> changes;
  private final CacheLoading<K, V> loading;
  private final CacheWriting<K, V> writing;
  private final Statistics statistics;

  ManyEntries(
      EntryStore<K, V> store,
      EntryChanges<K, V> changes,
      CacheLoading<K, V> loading,
      CacheWriting<K, V> writing,
      Statistics statistics) {
    this.store = store;
    this.changes = changes;
    this.loading = loading;
    this.writing = writing;
    this.statistics = statistics;
  }

  Map<K, V> get(Set<? extends K> keys) {
    long start = System.nanoTime();
    Map<K, V> found = new HashMap<>();
    Set<K> missing = new HashSet<>(keys);
    store.readAll(keys).forEach((key, slot) -> {
      if (slot.isLive(store.now())) {
        found.put(key, slot.value());
        missing.remove(key);
        changes.touch(key);
      }
    });
    statistics.countReads(found.size(), missing.size(), start);
    if (loading.isReadThrough() && !missing.isEmpty()) {
      found.putAll(load(missing));
    }
    return found;
  }

  /** Loads and stores; returns what the loader has. */
  private Map<K, V> load(Set<K> keys) {
    Map<K, V> loaded = new HashMap<>(loading.loadAll(keys));
    loaded.keySet().retainAll(keys);
    loaded.values().removeIf(value -> value == null);
    loaded.forEach((key, value) -> {
      store.check(value);
      changes.change(key, current -> ChangeResult.storeLoaded(value, value));
    });
    return loaded;
  }

  /** Loads those that are missing, or all. */
  void load(Set<? extends K> keys, boolean replaceExisting) {
    Set<K> wanted = new HashSet<>(keys);
    if (!replaceExisting) {
      store.readAll(keys).forEach((key, slot) -> {
        if (slot.isLive(store.now())) {
          wanted.remove(key);
        }
      });
    }
    if (!wanted.isEmpty()) {
      load(wanted);
    }
  }

  void put(Map<? extends K, ? extends V> entries) {
    if (!writing.isOn()) {
      entries.forEach(
          (key, value) -> changes.change(key, current -> ChangeResult.store(value, null)));
      return;
    }
    CacheWriting.Batch<K> batch = writing.writeAll(entries);
    batch
        .written()
        .forEach(key ->
            changes.changeWritten(key, current -> ChangeResult.store(entries.get(key), null)));
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
    changes.changeWritten(key, current -> ChangeResult.remove(null));
  }
}

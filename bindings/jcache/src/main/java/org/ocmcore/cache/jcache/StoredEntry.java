package org.ocmcore.cache.jcache;

import javax.cache.Cache;

/** An entry as it was read or is written. */
record StoredEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {
  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.unwrap(this, type);
  }
}

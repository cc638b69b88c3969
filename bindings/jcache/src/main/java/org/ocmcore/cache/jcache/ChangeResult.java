package org.ocmcore.cache.jcache;

/**
 * What becomes of an entry.
 *
 * @param value the new value; null unless the act stores one
 * @param result what the caller gets
 */
record ChangeResult<V, R>(Act act, V value, R result) {
  enum Act {
    /** Nothing changes. */
    KEEP,
    /** It was read: the policy may give it a new lifetime. */
    ACCESS,
    /** It is stored, also by the writer. */
    STORE,
    /** It is stored; it came from the loader. */
    STORE_LOADED,
    /** It is removed, also by the writer. */
    REMOVE
  }

  static <V, R> ChangeResult<V, R> keep(R result) {
    return new ChangeResult<>(Act.KEEP, null, result);
  }

  static <V, R> ChangeResult<V, R> access(R result) {
    return new ChangeResult<>(Act.ACCESS, null, result);
  }

  static <V, R> ChangeResult<V, R> store(V value, R result) {
    return new ChangeResult<>(Act.STORE, value, result);
  }

  static <V, R> ChangeResult<V, R> storeLoaded(V value, R result) {
    return new ChangeResult<>(Act.STORE_LOADED, value, result);
  }

  static <V, R> ChangeResult<V, R> remove(R result) {
    return new ChangeResult<>(Act.REMOVE, null, result);
  }
}

package org.ocmcore.cache.jcache;

/**
 * What becomes of an entry.
 *
 * @param value the new value; null unless the act stores one
 * @param result what the caller gets
 */
record Outcome<V, R>(Act act, V value, R result) {
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

  static <V, R> Outcome<V, R> keep(R result) {
    return new Outcome<>(Act.KEEP, null, result);
  }

  static <V, R> Outcome<V, R> access(R result) {
    return new Outcome<>(Act.ACCESS, null, result);
  }

  static <V, R> Outcome<V, R> store(V value, R result) {
    return new Outcome<>(Act.STORE, value, result);
  }

  static <V, R> Outcome<V, R> storeLoaded(V value, R result) {
    return new Outcome<>(Act.STORE_LOADED, value, result);
  }

  static <V, R> Outcome<V, R> remove(R result) {
    return new Outcome<>(Act.REMOVE, null, result);
  }
}

package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.domain.key.CacheKey;

/** Describes an operation for error messages. The text is built only when a call fails. */
@FunctionalInterface
interface Operation {
  String description();

  static Operation of(String description) {
    return () -> description;
  }

  /** Returns the operation with this name on a key. */
  static Operation on(CacheKey key, String name) {
    return () -> name + " of key '" + key + "'";
  }
}

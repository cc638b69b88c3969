package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.domain.key.CacheKey;

/** What is done, as a failure tells it: put into words only then, since most calls succeed. */
@FunctionalInterface
interface Operation {
  String words();

  static Operation of(String words) {
    return () -> words;
  }

  /** What is done with a key. */
  static Operation on(CacheKey key, String verb) {
    return () -> verb + " of key '" + key + "'";
  }
}

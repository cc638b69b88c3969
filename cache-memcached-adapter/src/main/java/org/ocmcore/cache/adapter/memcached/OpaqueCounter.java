package org.ocmcore.cache.adapter.memcached;

/** Counts the opaques of the requests on one connection, from 1. For one thread at a time. */
final class OpaqueCounter {
  private long last;

  long next() {
    return ++last;
  }
}

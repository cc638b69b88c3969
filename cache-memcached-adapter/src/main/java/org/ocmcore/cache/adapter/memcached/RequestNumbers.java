package org.ocmcore.cache.adapter.memcached;

/** The numbers of the requests on one connection, each used once. For one thread at a time. */
final class RequestNumbers {
  private long last;

  long next() {
    return ++last;
  }
}

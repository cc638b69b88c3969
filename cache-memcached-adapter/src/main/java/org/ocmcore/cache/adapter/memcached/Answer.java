package org.ocmcore.cache.adapter.memcached;

/**
 * A server's answer to a {@link Request}.
 *
 * @param line the first line, without its end
 * @param value empty unless the status is {@link Status#VALUE}
 * @param flags of the value
 * @param ttl seconds that the value has left, {@link #FOREVER} if it has no end
 */
record Answer(Status status, String line, byte[] value, long flags, long ttl) {
  static final long FOREVER = -1;

  private static final byte[] NO_VALUE = {};

  /** The first word of an answer. */
  enum Status {
    VALUE,
    DONE,
    MISS,
    NOT_STORED,
    NOT_FOUND,
    /** {@code SERVER_ERROR}: this request failed, the connection is in order. */
    REFUSED
  }

  static Answer without(Status status, String line) {
    return new Answer(status, line, NO_VALUE, 0, 0);
  }
}

package org.ocmcore.cache.adapter.memcached;

import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A server's answer to a {@link MetaRequest}.
 *
 * @param line the first line, without its end, if the status is {@link Status#REFUSED}; else only
 *     the word that stands for the status
 * @param value of {@link Status#VALUE} its bytes; of {@link Status#FOUND} what follows the word:
 *     the key, a space and what the server knows; else empty
 * @param flags of the value
 * @param ttl seconds that the value has left, {@link #FOREVER} if it has no end
 */
record MetaResponse(Status status, String line, byte[] value, long flags, long ttl) {
  static final long FOREVER = -1;

  private static final byte[] NO_VALUE = {};

  /** The first word of an answer. */
  enum Status {
    VALUE("VA"),
    DONE("HD"),
    MISS("EN"),
    NOT_STORED("NS"),
    NOT_FOUND("NF"),
    /** What the server knows of an item, without its value. */
    FOUND("ME"),
    /** The answer to a request that does nothing. */
    NOTHING("MN"),
    /** This request failed, the connection is in order. */
    REFUSED("SERVER_ERROR");

    private final String word;
    private final MetaResponse bare;

    Status(String word) {
      this.word = word;
      this.bare = new MetaResponse(this, word, NO_VALUE, 0, 0);
    }

    String word() {
      return word;
    }

    /** The answer that is nothing but this. */
    MetaResponse bare() {
      return bare;
    }
  }

  static MetaResponse value(byte[] value, long flags, long ttl) {
    return new MetaResponse(Status.VALUE, Status.VALUE.word, value, flags, ttl);
  }

  /** @param rest of the line, from the key on */
  static MetaResponse found(byte[] rest) {
    return new MetaResponse(Status.FOUND, Status.FOUND.word, rest, 0, 0);
  }

  static MetaResponse refused(String line) {
    return new MetaResponse(Status.REFUSED, line, NO_VALUE, 0, 0);
  }

  /** The {@link Status#VALUE} with its flags. */
  CacheValue cacheValue() {
    return CacheValue.wrap(value, flags);
  }

  /**
   * The entry of which this is the {@link Status#VALUE}.
   *
   * @param clock by which its end is told
   */
  CacheEntry entry(CacheKey key, Clock clock) {
    Expiry expiry = ttl == FOREVER ? Expiry.NEVER : Expiry.at(clock.instant().plusSeconds(ttl));
    return new CacheEntry(key, cacheValue(), expiry);
  }

  /**
   * Whether this is {@link Status#FOUND} of this key. The server writes the key as it was stored:
   * raw, or in base64.
   */
  boolean isAbout(CacheKey key) {
    return beginsWith(key.bytes()) || beginsWith(Base64.getEncoder().encode(key.bytes()));
  }

  private boolean beginsWith(byte[] word) {
    return value.length > word.length
        && value[word.length] == ' '
        && Arrays.equals(value, 0, word.length, word, 0, word.length);
  }

  /** Why it is {@link Status#REFUSED}, in the server's words. */
  String reason() {
    return ProtocolException.clean(line.substring(Status.REFUSED.word.length())).strip();
  }
}

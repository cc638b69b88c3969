package org.ocmcore.cache.adapter.memcached;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A server's response to a {@link MetaRequest} (memcached doc/protocol.txt, "Meta Commands").
 *
 * @param line the whole line without its end for {@link Status#SERVER_ERROR}; otherwise only the
 *     return code
 * @param value the bytes of the value for {@link Status#VALUE}; the rest of the line, which is key,
 *     space and metadata, for {@link Status#METADATA}; otherwise empty
 * @param flags the client flags of the value; 0 for other statuses
 * @param ttl the remaining TTL of the item in seconds, {@link #FOREVER} if it does not expire;
 *     {@link #ABSENT} or 0 if the response says nothing about it
 * @param cas the CAS unique of the item; 0 if it was not requested, or the server has none
 * @param recache whether the item is stale or being recached
 */
record MetaResponse(
    Status status, String line, byte[] value, long flags, long ttl, long cas, Recache recache) {
  static final long FOREVER = -1;

  /** The flags or TTL of a value that came without. */
  static final long ABSENT = Long.MIN_VALUE;

  private static final byte[] NO_VALUE = {};

  /**
   * What clients do about an item that must be stored anew (memcached doc/protocol.txt, "Meta
   * Get").
   */
  enum Recache {
    /** Nothing. */
    NONE,
    /** Another client stores it anew; the value is not marked as stale ({@code Z}). */
    BY_OTHER,
    /** It is marked as stale, and another client stores it anew ({@code X Z}). */
    STALE,
    /** It is marked as stale, and this request won the token to store it anew ({@code X W}). */
    STALE_AND_WON;

    static Recache of(boolean isStale, boolean hasWon, boolean isSent) {
      if (isStale) {
        return hasWon ? STALE_AND_WON : STALE;
      }
      return isSent ? BY_OTHER : NONE;
    }
  }

  /** The return code of a response. */
  enum Status {
    VALUE("VA"),
    DONE("HD"),
    MISS("EN"),
    NOT_STORED("NS"),
    NOT_FOUND("NF"),
    /** The item has another version. */
    EXISTS("EX"),
    /** The value is no number; the connection stays usable. */
    NOT_NUMERIC("CLIENT_ERROR cannot increment or decrement non-numeric value"),
    /** The metadata of an item, without its value. */
    METADATA("ME"),
    /** The response to {@code mn}. */
    NO_OP("MN"),
    /** The request failed; the connection stays usable. */
    SERVER_ERROR("SERVER_ERROR");

    private final String code;
    private final MetaResponse withoutFlags;

    Status(String code) {
      this.code = code;
      this.withoutFlags = new MetaResponse(this, code, NO_VALUE, 0, 0, 0, Recache.NONE);
    }

    String code() {
      return code;
    }

    /** Returns the response that consists of this code alone. */
    MetaResponse withoutFlags() {
      return withoutFlags;
    }
  }

  static MetaResponse value(byte[] value, long flags, long ttl, long cas, Recache recache) {
    return new MetaResponse(Status.VALUE, Status.VALUE.code, value, flags, ttl, cas, recache);
  }

  /** Returns a response without a value about an item. @param ttl {@link #ABSENT} if it has none */
  static MetaResponse withoutValue(Status status, long ttl, long cas, Recache recache) {
    return new MetaResponse(status, status.code, NO_VALUE, 0, ttl, cas, recache);
  }

  /** @param metadata the rest of the line, from the key on */
  static MetaResponse metadata(byte[] metadata) {
    return new MetaResponse(Status.METADATA, Status.METADATA.code, metadata, 0, 0, 0, Recache.NONE);
  }

  static MetaResponse serverError(String line) {
    return new MetaResponse(Status.SERVER_ERROR, line, NO_VALUE, 0, 0, 0, Recache.NONE);
  }

  /** Returns the value and its flags, of {@link Status#VALUE}. */
  CacheValue cacheValue() {
    return CacheValue.wrap(value, flags);
  }

  /**
   * Returns whether this request has won the token of a stale item. Whoever does not store the item
   * anew must give it back, or no other client will; see {@link MetaRequest#returnToken}.
   */
  boolean hasWonToken() {
    return recache == Recache.STALE_AND_WON;
  }

  /**
   * Returns whether the value is not one to keep: it is marked as stale, or it is the empty
   * placeholder of a client that is about to store the first value.
   */
  boolean isProvisional() {
    return switch (recache) {
      case NONE -> false;
      case BY_OTHER -> value.length == 0;
      case STALE, STALE_AND_WON -> true;
    };
  }

  /** Returns whether the value came with its flags and TTL. */
  boolean hasFlagsAndTtl() {
    return flags != ABSENT && ttl != ABSENT;
  }

  /**
   * Returns the value as an unsigned number, of {@link Status#VALUE}.
   *
   * @throws ProtocolException if it is none
   */
  long number() throws ProtocolException {
    String text = new String(value, StandardCharsets.ISO_8859_1);
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw ProtocolException.withDetail("a sum that is no number");
    }
  }

  /**
   * Returns when the item expires, by this clock. Call it only if the response has a TTL.
   *
   * @param clock the clock that the expiry is computed by
   */
  Expiry expiry(Clock clock) {
    return ttl == FOREVER ? Expiry.NEVER : Expiry.at(clock.instant().plusSeconds(ttl));
  }

  /**
   * Returns the entry with this value, of {@link Status#VALUE}.
   *
   * @param clock the clock that the entry's expiry is computed by
   */
  CacheEntry entry(CacheKey key, Clock clock) {
    return new CacheEntry(key, cacheValue(), expiry(clock));
  }

  /**
   * Returns whether this is the {@link Status#METADATA} of this key. The server writes the key as
   * it was stored: raw or in base64.
   */
  boolean isAbout(CacheKey key) {
    return startsWith(key.bytes()) || startsWith(Base64.getEncoder().encode(key.bytes()));
  }

  private boolean startsWith(byte[] key) {
    return value.length > key.length
        && value[key.length] == ' '
        && Arrays.equals(value, 0, key.length, key, 0, key.length);
  }

  /** Returns the server's message, of {@link Status#SERVER_ERROR}, in printable ASCII. */
  String reason() {
    return ProtocolException.printable(line.substring(Status.SERVER_ERROR.code.length()))
        .strip();
  }
}

package org.ocmcore.cache.domain.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * What is known about a key without its value.
 *
 * @param key the key
 * @param expiry by this machine's clock
 * @param size of the whole item in bytes: header, key and value; 0 to {@value #MAX_SIZE}
 * @param flags the number that the client which stored the value keeps with it: 0 to 2^32-1, or
 *     {@link #UNKNOWN}
 * @param lastAccess in seconds since the epoch by this machine's clock, or {@link #UNKNOWN}
 * @param fetched whether it was read or refreshed since its value was stored; a store that moved
 *     the item may have forgotten that
 * @param server the server that holds it, as in {@code KeyspacePort.servers()}
 */
public record KeyInfo(
    CacheKey key,
    Expiry expiry,
    long size,
    long flags,
    long lastAccess,
    boolean fetched,
    String server) {
  public static final long UNKNOWN = -1;

  /** Memcached's largest item is 1 GiB (its option -I). */
  public static final long MAX_SIZE = 0xFFFF_FFFFL;

  public KeyInfo {
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "size %d of key '%s' is not within 0 to %d".formatted(size, key, MAX_SIZE));
    }
  }

  /** A key whose flags are not known. */
  public KeyInfo(
      CacheKey key, Expiry expiry, long size, long lastAccess, boolean fetched, String server) {
    this(key, expiry, size, UNKNOWN, lastAccess, fetched, server);
  }

  /**
   * The time since its last read or write, never negative; empty if the store does not report it.
   */
  public Optional<Duration> idle(Instant now) {
    return lastAccess == UNKNOWN
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Math.max(0, now.getEpochSecond() - lastAccess)));
  }

  /** The key with its server. */
  public PlacedKey placed() {
    return new PlacedKey(key, server);
  }
}

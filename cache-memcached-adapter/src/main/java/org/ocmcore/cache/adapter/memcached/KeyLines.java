package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/** Reads the lines of {@code lru_crawler metadump}. For one thread. */
final class KeyLines {
  private static final long NEVER = -1;
  private static final long ABSENT = -2;

  private final String server;
  private final ServerClock clock;
  private final Fields fields = new Fields();
  private Expiry lastExpiry = Expiry.NEVER;

  KeyLines(String server, ServerClock clock) {
    this.server = server;
    this.clock = clock;
  }

  /**
   * The key that a line tells of, or null if it has expired.
   *
   * @throws ProtocolException if it is no such line
   */
  KeyInfo parse(byte[] bytes, int from, int to) throws ProtocolException {
    fields.open(bytes, from, to);
    if (!fields.has("key=")) {
      throw fields.rubbish();
    }
    CacheKey key = fields.key();
    long expiry = ABSENT;
    long lastAccess = ABSENT;
    long size = ABSENT;
    boolean fetched = false;
    while (fields.next()) {
      if (fields.has("exp=")) {
        expiry = numberOrNever();
      } else if (fields.has("la=")) {
        lastAccess = numberOrNever();
      } else if (fields.has("size=")) {
        size = fields.number();
      } else if (fields.has("fetch=")) {
        fetched = fields.is("yes");
        fields.skip();
      } else {
        fields.skip();
      }
    }
    if (expiry == ABSENT || size < 0 || size > KeyInfo.MAX_SIZE) {
      throw fields.rubbish();
    }
    if (expiry != NEVER && expiry <= clock.time()) {
      return null;
    }
    return new KeyInfo(
        key,
        expiry == NEVER ? Expiry.NEVER : expiry(clock.ours(expiry)),
        size,
        lastAccess < 0 ? KeyInfo.UNKNOWN : clock.ours(lastAccess),
        fetched,
        server);
  }

  private Expiry expiry(long epochSecond) {
    // Neighbours often end in the same second.
    if (lastExpiry.epochSecond() != epochSecond) {
      lastExpiry = new Expiry(epochSecond);
    }
    return lastExpiry;
  }

  private long numberOrNever() throws ProtocolException {
    return fields.is("-1") ? NEVER : fields.number();
  }
}

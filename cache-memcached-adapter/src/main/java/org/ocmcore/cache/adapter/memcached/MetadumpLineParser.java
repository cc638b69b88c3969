package org.ocmcore.cache.adapter.memcached;

import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Parses the lines of {@code lru_crawler metadump} (memcached doc/protocol.txt, "LRU_Crawler").
 * Releases before 1.6.24 report no flags. For one thread.
 */
final class MetadumpLineParser {
  private static final long NEVER = -1;
  private static final long ABSENT = -2;

  private final String server;
  private final ServerClock clock;
  private final FieldScanner fields = new FieldScanner();
  private Expiry lastExpiry = Expiry.NEVER;

  MetadumpLineParser(String server, ServerClock clock) {
    this.server = server;
    this.clock = clock;
  }

  /**
   * Returns the key and its metadata, or null if the item has expired by the server's clock.
   *
   * @throws ProtocolException if the line is malformed
   */
  KeyInfo parse(byte[] bytes, int from, int to) throws ProtocolException {
    fields.reset(bytes, from, to);
    if (!fields.skipPrefix("key=")) {
      throw fields.malformed();
    }
    CacheKey key = fields.parseKey();
    long exp = ABSENT;
    long lastAccess = ABSENT;
    long itemSize = ABSENT;
    long flags = KeyInfo.UNKNOWN;
    boolean fetched = false;
    while (fields.nextField()) {
      if (fields.skipPrefix("exp=")) {
        exp = parseNumberOrNever();
      } else if (fields.skipPrefix("la=")) {
        lastAccess = parseNumberOrNever();
      } else if (fields.skipPrefix("size=")) {
        itemSize = fields.parseNumber();
      } else if (fields.skipPrefix("flags=")) {
        flags = fields.parseNumber();
      } else if (fields.skipPrefix("fetch=")) {
        fetched = fields.skipValue("yes");
        fields.skipField();
      } else {
        fields.skipField();
      }
    }
    if (exp == ABSENT || itemSize < 0 || itemSize > KeyInfo.MAX_SIZE) {
      throw fields.malformed();
    }
    if (exp != NEVER && exp <= clock.serverTime()) {
      return null;
    }
    return new KeyInfo(
        key,
        exp == NEVER ? Expiry.NEVER : expiry(clock.toLocal(exp)),
        itemSize,
        flags,
        lastAccess < 0 ? KeyInfo.UNKNOWN : clock.toLocal(lastAccess),
        fetched,
        server);
  }

  private Expiry expiry(long epochSecond) {
    // Consecutive items often expire in the same second.
    if (lastExpiry.epochSecond() != epochSecond) {
      lastExpiry = new Expiry(epochSecond);
    }
    return lastExpiry;
  }

  private long parseNumberOrNever() throws ProtocolException {
    return fields.skipValue("-1") ? NEVER : fields.parseNumber();
  }
}

package org.ocmcore.cache.adapter.memcached;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * What {@code me} says about an item (memcached doc/protocol.txt, "Meta Debug").
 *
 * @param exp the field of this name, in seconds; see {@link #isExpiryUnclear}
 * @param idle seconds since the last access
 * @param cas the CAS unique, 0 if the server has none
 * @param fetched whether the item was fetched since it was stored
 * @param size of the whole item in bytes
 */
record DebugInfo(long exp, long idle, long cas, boolean fetched, long size) {
  /** The first release whose {@code exp} has the right sign; older ones say -100 for 100 s left. */
  private static final ServerVersion SIGNED_RIGHT = new ServerVersion(1, 6, 24);

  private static final long NEVER = -1;

  /** The server counts seconds in 32 bits. */
  private static final long MAX_SECONDS = 0xFFFF_FFFFL;

  /**
   * Returns what a response says.
   *
   * @throws ProtocolException if it is about another key, or lacks a field
   */
  static DebugInfo parse(MetaResponse response, CacheKey key) throws ProtocolException {
    if (!response.isAbout(key)) {
      throw ProtocolException.forOtherRequest();
    }
    Map<String, String> fields = new HashMap<>();
    for (String field : new String(response.value(), StandardCharsets.ISO_8859_1).split(" ")) {
      int equals = field.indexOf('=');
      fields.put(field.substring(0, Math.max(0, equals)), field.substring(equals + 1));
    }
    return new DebugInfo(
        number(fields, "exp", -MAX_SECONDS, MAX_SECONDS),
        number(fields, "la", 0, MAX_SECONDS),
        number(fields, "cas", 0, Long.MAX_VALUE),
        "yes".equals(fields.get("fetch")),
        number(fields, "size", 0, KeyInfo.MAX_SIZE));
  }

  private static long number(Map<String, String> fields, String name, long least, long most)
      throws ProtocolException {
    String text = fields.getOrDefault(name, "");
    if (text.matches("-?[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw malformed(name);
  }

  private static ProtocolException malformed(String name) {
    return ProtocolException.withDetail("metadata of an item without a valid " + name);
  }

  /**
   * Returns whether the item may never expire or may have one second left: a release with the wrong
   * sign says -1 in both cases.
   *
   * @param release empty if the server names none
   */
  boolean isExpiryUnclear(Optional<ServerVersion> release) {
    return exp == NEVER
        && release.map(version -> version.isBefore(SIGNED_RIGHT)).orElse(true);
  }

  /** Returns when the item expires, unless that is unclear. */
  Expiry expiry(Clock clock) {
    return exp == NEVER ? Expiry.NEVER : Expiry.at(clock.instant().plusSeconds(Math.abs(exp)));
  }

  /** Returns the same for the domain, with this expiry. The flags are unknown. */
  VersionedInfo info(CacheKey key, Expiry expiry, String server, Clock clock) {
    long lastAccess = clock.instant().getEpochSecond() - idle;
    return new VersionedInfo(new KeyInfo(key, expiry, size, lastAccess, fetched, server), cas);
  }
}

package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A key without its value.
 *
 * @param keyBase64 its bytes, if its readable form does not address it
 * @param ttlSeconds empty if it never expires
 * @param flags empty if they are unknown
 * @param lastAccessSeconds since its last use; empty if that is unknown
 * @param copies on how many servers it is, if on several
 */
record KeyView(
    String key,
    @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64,
    OptionalLong ttlSeconds,
    long sizeBytes,
    OptionalLong flags,
    OptionalLong lastAccessSeconds,
    String server,
    @JsonInclude(Include.NON_ABSENT) OptionalInt copies) {
  KeyView {
    Objects.requireNonNull(key);
    Objects.requireNonNull(server);
  }

  /** The key at which a cursor stands. */
  static KeyView of(KeyCursor key, Instant now) {
    CacheKey name = key.key();
    return new KeyView(
        name.toString(),
        Views.base64(name),
        Views.seconds(key.expiry().remaining(now)),
        key.size(),
        known(key.flags()),
        key.lastAccess() == KeyInfo.UNKNOWN
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, now.getEpochSecond() - key.lastAccess())),
        key.server(),
        key.copies() > 1 ? OptionalInt.of(key.copies()) : OptionalInt.empty());
  }

  private static OptionalLong known(long number) {
    return number == KeyInfo.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(number);
  }
}

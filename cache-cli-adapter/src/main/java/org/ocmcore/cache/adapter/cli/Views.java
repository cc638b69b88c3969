package org.ocmcore.cache.adapter.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.KeyBytes;

/** The forms in which answers have keys and times. */
final class Views {
  private Views() {}

  /** The bytes of a key, if its readable form does not address it. */
  static Optional<String> base64(CacheKey key) {
    return key.isAddressable() ? Optional.empty() : Optional.of(TerminalText.base64(key.bytes()));
  }

  /** The bytes of a part of a key, if it is not as it reads. */
  static Optional<String> base64(KeyBytes part) {
    return part.isVerbatim() ? Optional.empty() : Optional.of(TerminalText.base64(part.bytes()));
  }

  /** The same; also if the key of that name needs them. */
  static Optional<String> base64(KeyBytes part, boolean needsBytes) {
    return needsBytes ? Optional.of(TerminalText.base64(part.bytes())) : base64(part);
  }

  /** The bytes of a key by its readable form and, if it has them, its bytes. */
  static byte[] bytes(String key, Optional<String> base64) {
    return base64
        .map(text -> Base64.getDecoder().decode(text))
        .orElseGet(() -> key.getBytes(StandardCharsets.UTF_8));
  }

  /** Counts of entries by the names of the reasons, in alphabetical order. */
  static Map<String, Long> reasons(Map<SkipReason, Long> counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((reason, count) -> named.put(reason.name().toLowerCase(Locale.ROOT), count));
    return named;
  }

  /** In UTC, to the millisecond. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** In whole seconds; empty for never. */
  static OptionalLong seconds(Optional<Duration> left) {
    return left.map(time -> OptionalLong.of(time.toSeconds())).orElse(OptionalLong.empty());
  }
}

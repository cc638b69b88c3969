package org.ocmcore.cache.domain.client;

import java.nio.ByteBuffer;
import org.ocmcore.cache.domain.entry.CacheValue;

/**
 * Finds the values that memcached increments in place, which no feed reports. It accepts what C's
 * {@code strtoull} accepts: spaces, a sign, digits, and anything behind a further space (memcached
 * util.c, {@code safe_strtoull}).
 */
final class CounterText {
  private CounterText() {}

  /** Whether memcached may take the value for a number. */
  static boolean isLikely(CacheValue value) {
    ByteBuffer bytes = value.buffer();
    int next = 0;
    while (next < bytes.limit() && isSpace(bytes.get(next))) {
      next++;
    }
    if (next < bytes.limit() && (bytes.get(next) == '+' || bytes.get(next) == '-')) {
      next++;
    }
    int first = next;
    while (next < bytes.limit() && bytes.get(next) >= '0' && bytes.get(next) <= '9') {
      next++;
    }
    return next > first && (next == bytes.limit() || isSpace(bytes.get(next)));
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character >= '\t' && character <= '\r';
  }
}

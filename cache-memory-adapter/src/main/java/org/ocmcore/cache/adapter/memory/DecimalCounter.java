package org.ocmcore.cache.adapter.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.domain.key.CacheKey;

/** Unsigned 64-bit numbers as decimal text (memcached doc/protocol.txt, "Increment/Decrement"). */
final class DecimalCounter {
  private DecimalCounter() {}

  static CacheValue value(long number) {
    return CacheValue.ofText(Long.toUnsignedString(number));
  }

  /** @throws UnexpectedValue if the value is no such number */
  static long parse(CacheKey key, CacheValue value) {
    try {
      // memcached accepts white space behind a number (util.c, safe_strtoull).
      String text = StandardCharsets.US_ASCII.decode(value.buffer()).toString().stripTrailing();
      if (!text.startsWith("+")) {
        return Long.parseUnsignedLong(text);
      }
    } catch (NumberFormatException e) {
      // The failure below says it.
    }
    throw new UnexpectedValue(
        key.toString(), "a number", "it is not decimal digits of a number below 2^64");
  }

  /**
   * The item with its number changed by a delta.
   *
   * @param item null if the key is absent; it then begins at the delta, or at 0
   * @param lifetime of a new item
   */
  static Item add(CacheKey key, Item item, long delta, Lifetime lifetime, Instant now) {
    return item == null
        ? Item.create(value(Math.max(0, delta)), lifetime, now)
        : item.withValue(value(sum(parse(key, item.value()), delta)).bytes(), now);
  }

  /** A difference below 0 is 0; a sum beyond the highest number starts again from 0. */
  static long sum(long number, long delta) {
    boolean isBelowZero = delta < 0 && Long.compareUnsigned(number, -delta) < 0;
    return isBelowZero ? 0 : number + delta;
  }
}

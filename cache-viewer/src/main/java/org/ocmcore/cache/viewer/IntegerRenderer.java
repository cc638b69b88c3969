package org.ocmcore.cache.viewer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A decimal integer, and which time it may be. */
final class IntegerRenderer implements ValueRenderer {
  /** From 2000 to 2100. */
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  @Override
  public ValueFormat format() {
    return ValueFormat.INTEGER;
  }

  /** Up to 20 digits, perhaps with a sign, and spaces after them as memcached writes counters. */
  @Override
  public boolean fits(byte[] value) {
    return value.length <= 40 && text(value).matches("-?[0-9]{1,20}");
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** The integer, if it fits in 64 bits. */
  static Optional<Long> number(byte[] value) {
    try {
      return value.length > 40 ? Optional.empty() : Optional.of(Long.valueOf(text(value)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    if (!fits(value)) {
      throw new DecodingException("integer", "the value is no decimal integer of 1 to 20 digits");
    }
    out.text(text(value));
    number(value).ifPresent(number -> {
      noteTime(out, "seconds", number, 1000);
      noteTime(out, "milliseconds", number, 1);
    });
  }

  private static void noteTime(ViewOutput out, String unit, long number, int millis) {
    if (number > 0 && number < Long.MAX_VALUE / 1000) {
      Instant time = Instant.EPOCH.plusMillis(number * millis);
      if (time.isAfter(FIRST) && time.isBefore(LAST)) {
        out.note("as " + unit + " since 1970 this is " + time);
      }
    }
  }
}

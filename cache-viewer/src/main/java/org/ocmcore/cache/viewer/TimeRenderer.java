package org.ocmcore.cache.viewer;

import java.time.Instant;

/** A decimal integer as a time: seconds since 1970, or milliseconds if it is large. */
final class TimeRenderer implements ValueRenderer {
  /** As seconds it would be in the year 5138, as milliseconds it is in 1973. */
  private static final long FIRST_MILLIS = 100_000_000_000L;

  /** The year 9999. */
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  @Override
  public ValueFormat format() {
    return ValueFormat.TIME;
  }

  /** An integer alone is no sign of a time. */
  @Override
  public boolean fits(byte[] value) {
    return false;
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    long number = IntegerRenderer.number(value)
        .filter(each -> Math.abs(each) <= LAST_MILLIS && each != Long.MIN_VALUE)
        .orElseThrow(() -> new DecodingException(
            "time", "the value is no number of seconds or milliseconds since 1970"));
    boolean isMillis = Math.abs(number) >= FIRST_MILLIS;
    out.text((isMillis ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number)).toString());
    out.note("read as " + (isMillis ? "milliseconds" : "seconds") + " since 1970");
  }
}

package org.ocmcore.cache.adapter.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512}, {@code 10k}, {@code 1.5m} or {@code 1 MiB}. */
final class Sizes {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,6})?) ?(?:b|([kmgt])(?:i?b)?)?");

  private static final String UNITS = "kmgt";
  private static final int BITS = 10;

  private Sizes() {}

  /**
   * A size in bytes; each unit is 1,024 of the one before.
   *
   * @param most the most bytes
   * @throws IllegalArgumentException if it is none, or more; says what it must be
   */
  static long parse(String text, long most) {
    Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("it must be a number of bytes, such as 512, 10k or 1.5m");
    }
    int unit = parts.group(2) == null ? 0 : UNITS.indexOf(parts.group(2)) + 1;
    double bytes = Double.parseDouble(parts.group(1)) * (1L << BITS * unit);
    if (bytes > most) {
      throw new IllegalArgumentException("it must be at most %d bytes".formatted(most));
    }
    return (long) bytes;
  }
}

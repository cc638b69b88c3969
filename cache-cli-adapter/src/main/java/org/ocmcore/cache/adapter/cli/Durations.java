package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)?");

  private Durations() {}

  /**
   * A duration; a number without a unit is in seconds.
   *
   * @throws IllegalArgumentException if it is none; says what it must be
   */
  static Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "it must be a number of seconds, or end in s, m, h, d or w, as in 90s or 2h");
    }
    long amount = Long.parseLong(parts.group(1));
    String unit = parts.group(2) == null ? "s" : parts.group(2);
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      case "w" -> Duration.ofDays(Math.multiplyExact(amount, 7));
      default -> Duration.ofSeconds(amount);
    };
  }

  /** The largest two units, such as {@code 2d 3h}, {@code 59m 10s} or {@code 12s}. */
  static String text(long seconds) {
    long days = seconds / 86_400;
    long hours = seconds / 3_600 % 24;
    long minutes = seconds / 60 % 60;
    if (days > 0) {
      return hours > 0 ? days + "d " + hours + "h" : days + "d";
    }
    if (hours > 0) {
      return minutes > 0 ? hours + "h " + minutes + "m" : hours + "h";
    }
    long rest = seconds % 60;
    return minutes > 0 ? (rest > 0 ? minutes + "m " + rest + "s" : minutes + "m") : rest + "s";
  }
}

package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers for people. */
final class Formats {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final double STEP = 1_024;
  private static final double MILLIS = 1_000;
  private static final double DECIMALS_BELOW = 99.95;

  private Formats() {}

  /** For example {@code 1,234,567}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** For example {@code 1 key} or {@code 1,234 keys}. */
  static String keys(long count) {
    return count(count) + (count == 1 ? " key" : " keys");
  }

  /** A rate, for example {@code 0.5} or {@code 1,234}. */
  static String rate(double rate) {
    return String.format(Locale.ROOT, rate < DECIMALS_BELOW ? "%.1f" : "%,.0f", rate);
  }

  /** For example {@code 17 B} or {@code 1.2 GiB}. */
  static String bytes(long bytes) {
    if (bytes < STEP) {
      return bytes + " B";
    }
    double amount = bytes / STEP;
    int unit = 0;
    // 1024.0 is 1.0 of the next unit.
    while (amount >= STEP - 0.05 && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** In whole seconds, for example {@code 12 s}, {@code 3 min 05 s} or {@code 2 h 03 min}. */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3_600
        ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
        : "%d h %02d min".formatted(seconds / 3_600, seconds / 60 % 60);
  }

  /** The time and the rate: {@code 1.52 s, 657,894 keys a second}. */
  static String throughput(Duration time, long count, String noun) {
    double seconds = Math.max(1, time.toMillis()) / MILLIS;
    return String.format(
        Locale.ROOT, "%.2f s, %,d %s a second", seconds, Math.round(count / seconds), noun);
  }
}

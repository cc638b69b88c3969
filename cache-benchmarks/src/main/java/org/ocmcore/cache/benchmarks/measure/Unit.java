package org.ocmcore.cache.benchmarks.measure;

import java.util.Locale;

/** The unit of a number. Numbers are shown with three significant digits. */
public enum Unit {
  SECONDS(1, " s") {
    @Override
    Scale scale(double number) {
      if (number >= 1) {
        return super.scale(number);
      }
      return number >= 1e-3 ? new Scale(1e-3, " ms") : new Scale(1e-6, " µs");
    }
  },
  BYTES_PER_KEY(1, " B/key"),
  BYTES(1 << 20, " MiB"),
  PER_SECOND(1, "/s"),
  RATIO(1, "");

  private final Scale scale;

  Unit(double size, String name) {
    scale = new Scale(size, name);
  }

  /** The scale in which this number is shown. */
  Scale scale(double number) {
    return scale;
  }

  /** {@code 4.21 ms}. */
  public String text(double number) {
    Scale shown = scale(number);
    return digits(number / shown.size) + shown.name;
  }

  /** {@code 4.21 ms (3.98–5.10)}: median, minimum and maximum. */
  public String text(Samples samples) {
    if (samples.size() == 1) {
      return text(samples.median());
    }
    Scale shown = scale(samples.median());
    return "%s%s (%s–%s)"
        .formatted(
            digits(samples.median() / shown.size),
            shown.name,
            digits(samples.min() / shown.size),
            digits(samples.max() / shown.size));
  }

  private static String digits(double number) {
    int decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }

  /** @param size how many base units one shown unit has */
  record Scale(double size, String name) {}
}

package org.ocmcore.cache.benchmarks.measure;

import java.util.Locale;

/** What a number counts. Numbers are shown with three digits that matter. */
public enum Unit {
  SECONDS {
    @Override
    Scale scale(double number) {
      if (number >= 1) {
        return new Scale(1, " s");
      }
      return number >= 1e-3 ? new Scale(1e-3, " ms") : new Scale(1e-6, " µs");
    }
  },
  BYTES_PER_KEY {
    @Override
    Scale scale(double number) {
      return new Scale(1, " B/key");
    }
  },
  BYTES {
    @Override
    Scale scale(double number) {
      return new Scale(1 << 20, " MiB");
    }
  },
  PER_SECOND {
    @Override
    Scale scale(double number) {
      return new Scale(1, "/s");
    }
  },
  RATIO {
    @Override
    Scale scale(double number) {
      return new Scale(1, "");
    }
  };

  abstract Scale scale(double number);

  /** {@code 4.21 ms}. */
  public String text(double number) {
    Scale scale = scale(number);
    return digits(number / scale.size) + scale.name;
  }

  /** {@code 4.21 ms (3.98–5.10)}: median, least and most. */
  public String text(Samples samples) {
    if (samples.size() == 1) {
      return text(samples.median());
    }
    Scale scale = scale(samples.median());
    return "%s%s (%s–%s)"
        .formatted(
            digits(samples.median() / scale.size),
            scale.name,
            digits(samples.min() / scale.size),
            digits(samples.max() / scale.size));
  }

  private static String digits(double number) {
    int decimals = number >= 100 ? 0 : number >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }

  /** How large one of what is shown is, and its name. */
  record Scale(double size, String name) {}
}

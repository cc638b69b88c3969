package org.ocmcore.cache.adapter.cli;

/** Whole numbers as arguments. */
final class Numbers {
  private Numbers() {}

  /** @throws IllegalArgumentException if it is no whole number within these bounds */
  static long parse(String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below like a number out of bounds.
    }
    throw new IllegalArgumentException(
        "it must be a whole number from %d to %d".formatted(least, most));
  }
}

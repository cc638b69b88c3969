package org.ocmcore.cache.adapter.cli;

/** Whole numbers as arguments. */
final class Numbers {
  private Numbers() {}

  /** The value of an option; throws {@link WrongUsage} that names it. */
  static long of(String option, String text, long least, long most) {
    try {
      return parse(text, least, most);
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong(option, text, e.getMessage());
    }
  }

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

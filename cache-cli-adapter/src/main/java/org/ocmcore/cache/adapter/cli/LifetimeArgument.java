package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.entry.Lifetime;

/** A lifetime as an argument: {@code 90s}, {@code 2h}, {@code 7d} or {@code never}. */
final class LifetimeArgument {
  private LifetimeArgument() {}

  /** @throws WrongUsage if it is none */
  static Lifetime parse(String option, String text) {
    if (text.equals("never")) {
      return Lifetime.FOREVER;
    }
    try {
      return Lifetime.ofSeconds(Durations.parse(text).toSeconds());
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong(option, text, e.getMessage());
    }
  }
}

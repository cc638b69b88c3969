package org.ocmcore.cache.app;

import java.util.List;

/** Settings that the service cannot start with: all of them at once. */
final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  InvalidSettings(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** One line each, naming the setting and its value. */
  List<String> problems() {
    return problems;
  }
}

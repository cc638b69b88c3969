package org.ocmcore.cache.app;

import java.util.List;
import java.util.Map;

/** The settings are wrong. Holds all problems. */
final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  InvalidSettings(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** One line for each problem, with setting and value. */
  List<String> problems() {
    return problems;
  }

  /** The same with other names for some settings. */
  InvalidSettings renamed(Map<Setting, String> names) {
    return new InvalidSettings(
        problems.stream().map(problem -> renamed(problem, names)).toList());
  }

  private static String renamed(String problem, Map<Setting, String> names) {
    return names.entrySet().stream()
        .filter(each -> problem.startsWith(each.getKey() + " is "))
        .findFirst()
        .map(each -> each.getValue() + problem.substring(each.getKey().name().length()))
        .orElse(problem);
  }
}

package org.ocmcore.cache.app;

import java.util.List;
import java.util.Map;

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

  /** The same, where some settings were given under other names. */
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

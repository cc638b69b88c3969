package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Map;

/** The settings are wrong. Holds all problems. */
public final class InvalidSettings extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public InvalidSettings(List<String> problems) {
    super(String.join("; ", problems), null, false, false);
    this.problems = List.copyOf(problems);
  }

  /** One line for each problem, with setting and value. */
  public List<String> problems() {
    return problems;
  }

  /** The same with other names for some settings. */
  InvalidSettings renamed(Map<String, String> names) {
    return new InvalidSettings(
        problems.stream().map(problem -> renamed(problem, names)).toList());
  }

  private static String renamed(String problem, Map<String, String> names) {
    return names.entrySet().stream()
        .filter(each -> problem.startsWith(each.getKey() + " is "))
        .findFirst()
        .map(each -> each.getValue() + problem.substring(each.getKey().length()))
        .orElse(problem);
  }
}

package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Options may stand before the verb as well: {@code cache --url URL keys}. */
public final class LeadingOptions {
  /** Those that say where and how, and take a value. */
  private static final Set<String> WITH_VALUE =
      Set.of("--url", "--token-file", "--timeout", "--servers", "-o", "--output", "--color");

  private static final Set<String> OF_NO_VERB = Set.of("-h", "--help", "--version", "--");

  private LeadingOptions() {}

  /** The same arguments in the order that every verb understands: its name comes first. */
  public static List<String> behindVerb(List<String> arguments) {
    List<String> options = new ArrayList<>();
    List<String> verbs = new ArrayList<>();
    int next = 0;
    while (next < arguments.size() && !isLast(verbs)) {
      String word = arguments.get(next);
      if (OF_NO_VERB.contains(word)) {
        break;
      }
      next++;
      if (!word.startsWith("-")) {
        verbs.add(word);
        continue;
      }
      options.add(word);
      if (WITH_VALUE.contains(word) && next < arguments.size()) {
        options.add(arguments.get(next++));
      }
    }
    List<String> ordered = new ArrayList<>(verbs);
    if (isLast(verbs) || next < arguments.size()) {
      ordered.addAll(options);
    }
    ordered.addAll(arguments.subList(next, arguments.size()));
    return ordered;
  }

  private static boolean isLast(List<String> verbs) {
    return !verbs.isEmpty() && (verbs.size() == 2 || !Verbs.GROUPS.contains(verbs.get(0)));
  }
}

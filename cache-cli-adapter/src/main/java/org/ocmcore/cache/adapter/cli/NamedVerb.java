package org.ocmcore.cache.adapter.cli;

import java.util.List;
import picocli.CommandLine;

/** Finds the verb that words name. */
final class NamedVerb {
  private NamedVerb() {}

  /**
   * @param root where the first word is looked for
   * @param words none for the root itself
   * @throws WrongUsage if there is no such verb; names those that there are
   */
  static CommandLine find(CommandLine root, List<String> words) {
    CommandLine verb = root;
    for (String word : words) {
      CommandLine next = verb.getSubcommands().get(word);
      if (next == null) {
        throw new WrongUsage(
            verb.getSubcommands().isEmpty()
                ? "\"%s\" is one word too many".formatted(word)
                : "there is no verb \"%s\"; it must be %s"
                    .formatted(word, String.join(", ", verb.getSubcommands().keySet())));
      }
      verb = next;
    }
    return verb;
  }
}

package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code cache token}: the tokens of callers of the API. */
@Command(
    name = "token",
    header = "Make tokens for callers of the API, and look at those in a file.",
    description = "A service reads the file that CACHE_TOKENS_FILE names.")
final class TokenCommand extends VerbGroup {
  TokenCommand(CommandHost host, CommandContext context) {
    super(verbs(host, context));
  }

  private static Map<String, Verb> verbs(CommandHost host, CommandContext context) {
    Map<String, Verb> verbs = new LinkedHashMap<>();
    verbs.put("create", new TokenCreate(host, context));
    verbs.put("list", new TokenList(host, context));
    verbs.put("check", new TokenCheck(host, context));
    return verbs;
  }
}

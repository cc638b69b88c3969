package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code cache dumps}: the dumps of a service. */
@Command(
    name = "dumps",
    header = "List, make, fetch, restore and remove the dumps of a service.",
    description = "Dump files on this machine are for dump, restore, verify, inspect and diff.")
final class DumpsCommand extends VerbGroup {
  DumpsCommand(CommandHost host, CommandContext context) {
    super(verbs(host, context));
  }

  private static Map<String, Verb> verbs(CommandHost host, CommandContext context) {
    Map<String, Verb> verbs = new LinkedHashMap<>();
    verbs.put("ls", new DumpsLs(host, context));
    verbs.put("make", new DumpsMake(host, context));
    verbs.put("get", new DumpsGet(host, context));
    verbs.put("restore", new DumpsRestore(host, context));
    verbs.put("rm", new DumpsRm(host, context));
    return verbs;
  }

  /** A path of the API. */
  static String path(String dump) {
    return "dumps/" + RestClient.encoded(dump);
  }
}

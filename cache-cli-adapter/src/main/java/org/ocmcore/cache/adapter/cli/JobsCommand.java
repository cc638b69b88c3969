package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code cache jobs}: the jobs of a service. */
@Command(
    name = "jobs",
    header = "List, show, follow and cancel the jobs of a service.",
    description = "Dumps, restores, comparisons and changes by pattern run as jobs.")
final class JobsCommand extends VerbGroup {
  JobsCommand(CommandHost host, CommandContext context) {
    super(verbs(host, context));
  }

  private static Map<String, Verb> verbs(CommandHost host, CommandContext context) {
    Map<String, Verb> verbs = new LinkedHashMap<>();
    verbs.put("ls", new JobsLs(host, context));
    verbs.put("show", new JobsShow(host, context));
    verbs.put("follow", new JobsFollow(host, context));
    verbs.put("cancel", new JobsCancel(host, context));
    return verbs;
  }

  /** A path of the API. */
  static String path(String id) {
    return "jobs/" + RestClient.encoded(id);
  }
}

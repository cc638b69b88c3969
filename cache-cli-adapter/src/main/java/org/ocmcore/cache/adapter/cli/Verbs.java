package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All verbs by their names. */
final class Verbs {
  /** In the order of the help. */
  static final List<String> NAMES = List.of(
      "serve",
      "keys",
      "tree",
      "get",
      "set",
      "rm",
      "touch",
      "flush",
      "stats",
      "analyze",
      "top",
      "tail",
      "check",
      "dump",
      "restore",
      "dumps",
      "diff",
      "jobs",
      "verify",
      "inspect",
      "token",
      "audit",
      "config",
      "completion",
      "man",
      "help");

  /** They look at all the others. */
  private static final Set<String> ABOUT_VERBS = Set.of("completion", "man", "help");

  /** Those whose own verb follows. */
  static final Set<String> GROUPS = Set.of("dumps", "jobs", "token", "audit");

  private Verbs() {}

  /**
   * The verbs, with their options where these arguments can concern them.
   *
   * @param arguments whose first is the verb, if they have one
   */
  static Map<String, Object> of(List<String> arguments, CommandHost host, CommandContext context) {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    Map<String, Object> verbs = new LinkedHashMap<>();
    if (ABOUT_VERBS.contains(first)) {
      NAMES.forEach(name -> verbs.put(name, whole(make(name, host, context))));
    } else if (NAMES.contains(first)) {
      verbs.put(first, whole(make(first, host, context)));
    } else {
      NAMES.forEach(name -> verbs.put(name, headed(make(name, host, context))));
    }
    return verbs;
  }

  private static Object whole(Object verb) {
    return verb instanceof VerbGroup group ? group.commandLine() : verb;
  }

  /** Without its options, which take most of the time that a list of verbs would need. */
  private static Object headed(Object verb) {
    UsageMessageSpec usage = new UsageMessageSpec();
    usage.header(verb.getClass().getAnnotation(Command.class).header());
    return CommandSpec.create().usageMessage(usage);
  }

  /** Not from a table of makers, all of which Java would have to make at each start. */
  private static Object make(String name, CommandHost host, CommandContext context) {
    return switch (name) {
      case "serve" -> new ServeCommand(host);
      case "keys" -> new KeysCommand(host, context);
      case "tree" -> new TreeCommand(host, context);
      case "get" -> new GetCommand(host, context);
      case "set" -> new SetCommand(host, context);
      case "rm" -> new RmCommand(host, context);
      case "touch" -> new TouchCommand(host, context);
      case "flush" -> new FlushCommand(host, context);
      case "stats" -> new StatsCommand(host, context);
      case "analyze" -> new AnalyzeCommand(host, context);
      case "top" -> new TopCommand(host, context);
      case "tail" -> new TailCommand(host, context);
      case "check" -> new CheckCommand(host, context);
      case "dump" -> new DumpCommand(host, context);
      case "restore" -> new RestoreCommand(host, context);
      case "dumps" -> new DumpsCommand(host, context);
      case "diff" -> new DiffCommand(host, context);
      case "jobs" -> new JobsCommand(host, context);
      case "verify" -> new VerifyCommand(host, context);
      case "inspect" -> new InspectCommand(host, context);
      case "token" -> new TokenCommand(host, context);
      case "audit" -> new AuditCommand(host, context);
      case "config" -> new ConfigCommand(host, context);
      case "completion" -> new CompletionCommand(host, context);
      case "man" -> new ManCommand(host, context);
      case "help" -> new HelpCommand(host, context);
      default -> throw new IllegalArgumentException("there is no verb " + name);
    };
  }
}

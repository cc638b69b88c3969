package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All verbs by their names, in the order of the help. */
final class Verbs {
  /** They look at all the others. */
  private static final Set<String> ABOUT_VERBS = Set.of("completion", "man", "help");

  /** Those whose own verb follows. */
  static final Set<String> GROUPS = Set.of("dumps", "jobs", "token", "audit");

  private Verbs() {}

  /** How a verb is made. @param type has its name and what the list of verbs says of it */
  private record Maker(Class<?> type, Supplier<Object> maker) {
    /** Without its options, which take most of the time that a list of verbs would need. */
    private Object headed() {
      UsageMessageSpec usage = new UsageMessageSpec();
      usage.header(type.getAnnotation(Command.class).header());
      return CommandSpec.create().usageMessage(usage);
    }
  }

  /**
   * The verbs, with their options where these arguments can concern them.
   *
   * @param arguments whose first is the verb, if they have one
   */
  static Map<String, Object> of(List<String> arguments, CommandHost host, CommandContext context) {
    Map<String, Maker> all = makers(host, context);
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    Map<String, Object> verbs = new LinkedHashMap<>();
    if (ABOUT_VERBS.contains(first)) {
      all.forEach((name, verb) -> verbs.put(name, verb.maker().get()));
    } else if (all.containsKey(first)) {
      verbs.put(first, all.get(first).maker().get());
    } else {
      all.forEach((name, verb) -> verbs.put(name, verb.headed()));
    }
    return verbs;
  }

  private static Map<String, Maker> makers(CommandHost host, CommandContext context) {
    Map<String, Maker> verbs = new LinkedHashMap<>();
    verbs.put("serve", new Maker(ServeCommand.class, () -> new ServeCommand(host)));
    verbs.put("keys", new Maker(KeysCommand.class, () -> new KeysCommand(host, context)));
    verbs.put("tree", new Maker(TreeCommand.class, () -> new TreeCommand(host, context)));
    verbs.put("get", new Maker(GetCommand.class, () -> new GetCommand(host, context)));
    verbs.put("set", new Maker(SetCommand.class, () -> new SetCommand(host, context)));
    verbs.put("rm", new Maker(RmCommand.class, () -> new RmCommand(host, context)));
    verbs.put("touch", new Maker(TouchCommand.class, () -> new TouchCommand(host, context)));
    verbs.put("flush", new Maker(FlushCommand.class, () -> new FlushCommand(host, context)));
    verbs.put("stats", new Maker(StatsCommand.class, () -> new StatsCommand(host, context)));
    verbs.put("analyze", new Maker(AnalyzeCommand.class, () -> new AnalyzeCommand(host, context)));
    verbs.put("top", new Maker(TopCommand.class, () -> new TopCommand(host, context)));
    verbs.put("tail", new Maker(TailCommand.class, () -> new TailCommand(host, context)));
    verbs.put("check", new Maker(CheckCommand.class, () -> new CheckCommand(host, context)));
    verbs.put("dump", new Maker(DumpCommand.class, () -> new DumpCommand(host, context)));
    verbs.put("restore", new Maker(RestoreCommand.class, () -> new RestoreCommand(host, context)));
    verbs.put("dumps", new Maker(DumpsCommand.class, () -> DumpsCommand.of(host, context)));
    verbs.put("diff", new Maker(DiffCommand.class, () -> new DiffCommand(host, context)));
    verbs.put("jobs", new Maker(JobsCommand.class, () -> JobsCommand.of(host, context)));
    verbs.put("verify", new Maker(VerifyCommand.class, () -> new VerifyCommand(host, context)));
    verbs.put("inspect", new Maker(InspectCommand.class, () -> new InspectCommand(host, context)));
    verbs.put("token", new Maker(TokenCommand.class, () -> TokenCommand.of(host, context)));
    verbs.put("audit", new Maker(AuditCommand.class, () -> AuditCommand.of(host, context)));
    verbs.put("config", new Maker(ConfigCommand.class, () -> new ConfigCommand(host, context)));
    verbs.put(
        "completion",
        new Maker(CompletionCommand.class, () -> new CompletionCommand(host, context)));
    verbs.put("man", new Maker(ManCommand.class, () -> new ManCommand(host, context)));
    verbs.put("help", new Maker(HelpCommand.class, () -> new HelpCommand(host, context)));
    return verbs;
  }
}

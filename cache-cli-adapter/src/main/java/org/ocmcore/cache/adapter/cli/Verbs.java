package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** All verbs by their names, in the order of the help. */
final class Verbs {
  /** They look at all the others. */
  private static final Set<String> ABOUT_VERBS = Set.of("completion", "man", "help");

  /** Those whose own verb follows. */
  static final Set<String> GROUPS = Set.of("dumps", "jobs");

  private Verbs() {}

  /**
   * The verbs that arguments can concern: one, if the first argument names it, which takes a
   * fraction of the time to build; otherwise all.
   */
  static Map<String, Object> of(List<String> arguments, CommandHost host, CommandContext context) {
    Map<String, Supplier<Object>> all = suppliers(host, context);
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    Map<String, Object> verbs = new LinkedHashMap<>();
    if (all.containsKey(first) && !ABOUT_VERBS.contains(first)) {
      verbs.put(first, all.get(first).get());
    } else {
      all.forEach((name, verb) -> verbs.put(name, verb.get()));
    }
    return verbs;
  }

  private static Map<String, Supplier<Object>> suppliers(CommandHost host, CommandContext context) {
    Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
    verbs.put("serve", () -> new ServeCommand(host));
    verbs.put("keys", () -> new KeysCommand(host, context));
    verbs.put("tree", () -> new TreeCommand(host, context));
    verbs.put("get", () -> new GetCommand(host, context));
    verbs.put("set", () -> new SetCommand(host, context));
    verbs.put("rm", () -> new RmCommand(host, context));
    verbs.put("touch", () -> new TouchCommand(host, context));
    verbs.put("flush", () -> new FlushCommand(host, context));
    verbs.put("stats", () -> new StatsCommand(host, context));
    verbs.put("analyze", () -> new AnalyzeCommand(host, context));
    verbs.put("top", () -> new TopCommand(host, context));
    verbs.put("tail", () -> new TailCommand(host, context));
    verbs.put("check", () -> new CheckCommand(host, context));
    verbs.put("dump", () -> new DumpCommand(host, context));
    verbs.put("restore", () -> new RestoreCommand(host, context));
    verbs.put("dumps", () -> DumpsCommand.of(host, context));
    verbs.put("diff", () -> new DiffCommand(host, context));
    verbs.put("jobs", () -> JobsCommand.of(host, context));
    verbs.put("verify", () -> new VerifyCommand(host, context));
    verbs.put("inspect", () -> new InspectCommand(host, context));
    verbs.put("token", () -> new TokenCommand(host, context));
    verbs.put("audit", () -> new AuditCommand(host, context));
    verbs.put("config", () -> new ConfigCommand(host, context));
    verbs.put("completion", () -> new CompletionCommand(host, context));
    verbs.put("man", () -> new ManCommand(host, context));
    verbs.put("help", () -> new HelpCommand(host, context));
    return verbs;
  }
}

package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.HelpCommand;

/** All verbs by their names, in the order of the help. */
final class Verbs {
  private Verbs() {}

  static Map<String, Object> of(CommandHost host, CommandContext context) {
    Map<String, Object> verbs = new LinkedHashMap<>();
    verbs.put("serve", new ServeCommand(host));
    verbs.put("keys", new KeysCommand(host, context));
    verbs.put("tree", new TreeCommand(host, context));
    verbs.put("get", new GetCommand(host, context));
    verbs.put("set", new SetCommand(host, context));
    verbs.put("rm", new RmCommand(host, context));
    verbs.put("touch", new TouchCommand(host, context));
    verbs.put("flush", new FlushCommand(host, context));
    verbs.put("stats", new StatsCommand(host, context));
    verbs.put("analyze", new AnalyzeCommand(host, context));
    verbs.put("top", new TopCommand(host, context));
    verbs.put("tail", new TailCommand(host, context));
    verbs.put("check", new CheckCommand(host, context));
    verbs.put("dump", new DumpCommand(host, context));
    verbs.put("restore", new RestoreCommand(host, context));
    verbs.put("dumps", DumpsCommand.of(host, context));
    verbs.put("diff", new DiffCommand(host, context));
    verbs.put("jobs", JobsCommand.of(host, context));
    verbs.put("verify", new VerifyCommand(host, context));
    verbs.put("inspect", new InspectCommand(host, context));
    verbs.put("token", new TokenCommand(host, context));
    verbs.put("audit", new AuditCommand(host, context));
    verbs.put("config", new ConfigCommand(host, context));
    verbs.put("completion", new CompletionCommand(host, context));
    verbs.put("man", new ManCommand(host, context));
    verbs.put("help", new HelpCommand());
    return verbs;
  }
}

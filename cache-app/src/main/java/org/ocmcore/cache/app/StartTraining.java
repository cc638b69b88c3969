package org.ocmcore.cache.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.adapter.cli.Exit;
import org.ocmcore.cache.adapter.cli.Terminal;
import org.slf4j.helpers.NOP_FallbackServiceProvider;

/**
 * Executes in one process what is started most often: the service, and short verbs on servers and
 * through the service. Java can archive the classes of this process, which makes later starts
 * faster; {@code bin/cache} does so after a build. Uses nothing but this machine and one folder.
 */
public final class StartTraining {
  private static final List<List<String>> COMMANDS = List.of(
      List.of("--help"),
      List.of("keys", "--help"),
      List.of("keys"),
      List.of("keys", "-l", "user"),
      List.of("keys", "-o", "json"),
      List.of("keys", "-o", "csv", "--prefix", "u", "--limit", "1"),
      List.of("tree"),
      List.of("get", "user:1"),
      List.of("get", "user:1", "-o", "json"),
      List.of("get", "user:1", "--decode", "auto"),
      List.of("get", "--meta", "user:1"),
      List.of("set", "user:1", "x"),
      List.of("set", "user:2", "x"),
      List.of("rm", "--dry-run", "--all"),
      List.of("stats"),
      List.of("stats", "-o", "json"),
      List.of("check"),
      List.of("config"),
      List.of("analyze"),
      List.of("touch", "user:1", "--ttl", "60"),
      List.of("rm", "user:1"));

  private StartTraining() {}

  /**
   * Exits with {@link Exit#FAILED} if something does not work.
   *
   * @param arguments a folder for dumps
   */
  public static void main(String[] arguments) {
    AddressCache.keepBriefly();
    TrainingRuns.exitAfter(() -> {
      try (TrainingServer server = TrainingServer.start(1)) {
        TrainingRuns runs = new TrainingRuns(System.out);
        Map<String, String> environment = TrainingRuns.environment(server, Path.of(arguments[0]));
        String service = runs.serve(environment);
        runAll(runs, environment);
        runAll(runs, Map.of("CACHE_URL", service));
      }
      Terminal.isStandardOutput();
      Terminal.isStandardError();
      // As commands do; this process has begun to log before.
      new NOP_FallbackServiceProvider().getLoggerFactory().getLogger(StartTraining.class.getName());
      // The last, since it ends all connections of the others.
      Main.main(new String[] {"--help"});
      return null;
    });
  }

  private static void runAll(TrainingRuns runs, Map<String, String> environment)
      throws IOException {
    runs.execute(environment, List.of("no-such-verb"), Exit.USAGE);
    for (List<String> command : COMMANDS) {
      runs.execute(environment, command, Exit.DONE);
    }
  }
}

package org.ocmcore.cache.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.Exit;
import org.ocmcore.cache.adapter.cli.Interruption;

/**
 * Executes in one process what is started most often: the service, and short verbs on servers and
 * through the service. Java can archive the classes of this process, which makes later starts
 * faster; {@code bin/cache} does so after a build. Uses nothing but this machine and one folder.
 */
public final class StartTraining {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  private static final List<List<String>> COMMANDS = List.of(
      List.of("--help"),
      List.of("keys", "--help"),
      List.of("no-such-verb"),
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
      List.of("rm", "--dry-run", "--all"),
      List.of("stats"),
      List.of("stats", "-o", "json"),
      List.of("check"),
      List.of("analyze"));

  private final Path folder;
  private final PrintStream log;

  private StartTraining(Path folder, PrintStream log) {
    this.folder = folder;
    this.log = log;
  }

  /**
   * Exits with {@link Exit#FAILED} if the service does not start.
   *
   * @param arguments a folder for dumps
   */
  public static void main(String[] arguments) throws IOException {
    AddressCache.keepBriefly();
    System.exit(new StartTraining(Path.of(arguments[0]), System.out).execute());
  }

  private int execute() throws IOException {
    try (TrainingServer server = TrainingServer.start()) {
      Map<String, String> environment = Map.of(
          "MEMCACHED_SERVERS",
          server.address(),
          "CACHE_ENVIRONMENT",
          "development",
          "CACHE_HTTP_PORT",
          "0",
          "CACHE_LOG_LEVEL",
          "error",
          "CACHE_DUMP_FILE",
          folder.resolve("dump.json").toString());
      Matcher service = ADDRESS.matcher(execute(environment, List.of("serve")));
      COMMANDS.forEach(command -> execute(environment, command));
      if (!service.find()) {
        return Exit.FAILED;
      }
      Map<String, String> client = Map.of("CACHE_URL", service.group());
      COMMANDS.forEach(command -> execute(client, command));
      return Exit.DONE;
    }
  }

  /** Returns what the command has printed. */
  private String execute(Map<String, String> environment, List<String> command) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int status = new Main(new CommandContext(
            new ByteArrayInputStream(new byte[0]),
            out,
            out,
            false,
            environment,
            new Interruption(),
            Clock.systemUTC()))
        .execute(command);
    String text = printed.toString(StandardCharsets.UTF_8);
    log.printf("%d %s%n%s", status, String.join(" ", command), text);
    return text;
  }
}

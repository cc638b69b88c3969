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
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.Exit;
import org.ocmcore.cache.adapter.cli.Interruption;

/** Executes commands in this process, one after the other, as if each had one of its own. */
final class TrainingRuns {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

  private final PrintStream log;

  /** @param log takes each command with its exit status and what it printed */
  TrainingRuns(PrintStream log) {
    this.log = log;
  }

  /**
   * Exits when all is done, or has failed; the services would go on.
   *
   * @param all throws if something does not work
   */
  static void exitAfter(Callable<Void> all) {
    try {
      all.call();
      System.exit(Exit.DONE);
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(Exit.FAILED);
    }
  }

  /** The settings of a service on this server. @param folder for its dumps */
  static Map<String, String> environment(TrainingServer server, Path folder) {
    return Map.of(
        "MEMCACHED_SERVERS",
        server.address(),
        "CACHE_ENVIRONMENT",
        "development",
        "CACHE_HTTP_PORT",
        "0",
        "CACHE_LOG_LEVEL",
        "error",
        "CACHE_JIT_WARM_UP",
        "false",
        "CACHE_DUMP_KEEP",
        "0",
        "CACHE_DUMP_FILE",
        folder.resolve("dump.json").toString());
  }

  /** Starts a service, which goes on until the process exits; returns its address. */
  String serve(Map<String, String> environment) throws IOException {
    Matcher service = ADDRESS.matcher(execute(environment, List.of("serve"), Exit.DONE));
    if (!service.find()) {
      throw new IOException("the service has not started");
    }
    return service.group();
  }

  /**
   * Returns what the command has printed.
   *
   * @throws IOException if it ends with another status than expected
   */
  String execute(Map<String, String> environment, List<String> command, int expected)
      throws IOException {
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
    String line = String.join(" ", command);
    log.printf("%d %s%n%s", status, line, text);
    if (status != expected) {
      throw new IOException("%s ended with %d, expected %d".formatted(line, status, expected));
    }
    return text;
  }
}

package org.ocmcore.cache.adapter.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.port.DumpPort;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache dump}: dumps the cache. */
@Command(
    name = "dump",
    header = "Write all keys and values of the servers into a dump.",
    description = {
      "The servers are those of --servers, MEMCACHED_SERVERS or MEMCACHED_HOST; all CACHE_DUMP_*",
      "settings hold.",
      "FILE takes the place of CACHE_DUMP_FILE: the dump is kept under its time, such as",
      "cache_dump-20260102T120000.000Z.json, and under FILE when it is whole. Older ones are removed",
      "as CACHE_DUMP_KEEP and CACHE_DUMP_KEEP_DAYS say. No server is changed, so this is allowed in",
      "every environment."
    })
final class DumpCommand extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("dump", "keys", "asking the servers");

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      converter = FileArgument.class,
      description = "instead of CACHE_DUMP_FILE")
  private Path file;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "read at most N keys a second; instead of CACHE_DUMP_RATE")
  private String rate;

  @Option(
      names = "--max-latency-ms",
      paramLabel = "N",
      description =
          "wait while a server takes longer to answer; instead of CACHE_DUMP_MAX_LATENCY_MS")
  private String maxLatency;

  @Option(
      names = "--partial",
      description = "keep a dump that lacks a server's keys, never under FILE; exit 4")
  private boolean isPartial;

  @Option(
      names = "--follow-symlinks",
      description = "use what FILE leads to if it is a symbolic link, instead of refusing")
  private boolean followsLinks;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private ServersOption servers;

  DumpCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() {
    CommandSettings settings = settings();
    settings.requireServers();
    Path target = host()
        .resolve(
            settings.dumpFile(),
            settings.followsLinks(),
            file == null ? "set CACHE_DUMP_FOLLOW_SYMLINKS=true" : "add --follow-symlinks");
    // From here on there are files, so the process waits until they are removed.
    context().interruption().react(() -> {});
    DumpPort dumps = host().dumps(target);
    Notes notes = new Notes();
    try (Foreground foreground = new Foreground(context(), host(), quiet.style(context()));
        DirectServers asked = host().open(settings, context().clock())) {
      Dumper dumper = new Dumper(
          asked.store(),
          dumps,
          settings.dumps(),
          notes,
          foreground.executor(),
          host().pause(),
          context().clock(),
          host().version());
      DumpResult report = foreground.execute(PROGRESS, dumper::dump);
      notes.all.forEach(context()::printMessage);
      return printResult(report, target);
    } catch (Cancelled e) {
      context().printMessage("the dump was cancelled; there is no trace of it");
      return Exit.FAILED;
    }
  }

  /** Options and the file replace settings. Errors name them as they were given. */
  private CommandSettings settings() {
    Map<String, String> values = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    replace("CACHE_DUMP_FILE", "FILE", file, values, names);
    replace("CACHE_DUMP_RATE", "--rate", rate, values, names);
    replace("CACHE_DUMP_MAX_LATENCY_MS", "--max-latency-ms", maxLatency, values, names);
    replace("CACHE_DUMP_PARTIAL", "--partial", isPartial ? true : null, values, names);
    replace(
        "CACHE_DUMP_FOLLOW_SYMLINKS",
        "--follow-symlinks",
        followsLinks ? true : null,
        values,
        names);
    Map<String, String> environment = servers.applyTo(context().environment());
    environment.putAll(values);
    names.putAll(servers.names());
    try {
      return host().settings(environment);
    } catch (InvalidSettings e) {
      throw e.renamed(names);
    }
  }

  private static void replace(
      String setting,
      String option,
      Object given,
      Map<String, String> values,
      Map<String, String> names) {
    if (given != null) {
      values.put(setting, given.toString());
      names.put(setting, option);
    }
  }

  private int printResult(DumpResult report, Path file) {
    if (output.isTable()) {
      printPlain(report, file);
    } else {
      DumpedView dumped = DumpedView.of(report, file.toString());
      output.print(dumped, dumped.servers(), AccountView.COLUMNS, context());
    }
    Reports.missing(report.account()).forEach(context()::printMessage);
    return report.dump().complete() ? Exit.DONE : Exit.INCOMPLETE;
  }

  private void printPlain(DumpResult report, Path file) {
    Reports.account(report.account()).forEach(context().out()::println);
    boolean complete = report.dump().complete();
    context().out().println("written as  " + file.resolveSibling(report.dump().name()));
    context().out().println("current as  " + (complete ? file.toString() : "(not: it lacks keys)"));
    context()
        .out()
        .printf(
            "%s bytes, %s%n",
            Formats.count(report.dump().bytes()),
            Formats.throughput(report.duration(), report.dump().entries(), "keys"));
  }

  /** Collects messages that are printed after the progress display has ended. */
  private static final class Notes implements DumpEvents {
    private final List<String> all = new ArrayList<>();

    @Override
    public void written(DumpResult report) {}

    @Override
    public void failed(RuntimeException failure) {}

    @Override
    public void skipped(String reason) {}

    @Override
    public void throttled(String server, Duration latency, Duration leftAlone) {
      String slow = server + " was slow";
      all.removeIf(addProblem -> addProblem.startsWith(slow));
      all.add("%s, and the dump paused for it: it answered after %d ms, and after %d ms when it was"
              .formatted(slow, latency.toMillis(), leftAlone.toMillis())
          + " left alone; see --max-latency-ms");
    }

    @Override
    public void notRemoved(RuntimeException failure) {
      all.add("an older dump could not be removed: " + failure.getMessage());
    }
  }
}

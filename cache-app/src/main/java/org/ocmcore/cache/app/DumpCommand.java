package org.ocmcore.cache.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.adapter.file.DumpLock;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.error.Cancelled;

/** {@code cache dump}: dumps the cache. */
final class DumpCommand {
  private static final Map<String, Setting> SETTINGS = Map.of(
      "rate", Setting.CACHE_DUMP_RATE,
      "max-latency-ms", Setting.CACHE_DUMP_MAX_LATENCY_MS,
      "partial", Setting.CACHE_DUMP_PARTIAL,
      "follow-symlinks", Setting.CACHE_DUMP_FOLLOW_SYMLINKS);

  private static final ProgressLine PROGRESS =
      new ProgressLine("dump", "keys", "asking the servers");

  private final CommandContext context;
  private final CommandLine line;
  private final Clock clock = Clock.systemUTC();

  DumpCommand(CommandContext context, CommandLine line) {
    this.context = context;
    this.line = line;
  }

  int execute() {
    AppConfig config = config();
    AppConfig.Store servers = config.requireServers();
    Path file = file(config);
    DumpLock.requireFree(file);
    FileDumps dumps = new FileDumps(file);
    Notes notes = new Notes();
    try (Foreground foreground = new Foreground(context, context.style(line), clock);
        DirectStore store = DirectStore.open(servers, clock)) {
      Dumper dumper = new Dumper(
          store.store(),
          dumps,
          config.dumps().policy(),
          notes,
          foreground.executor(),
          Threads::pause,
          clock,
          Version.TEXT);
      DumpResult report = foreground.execute(PROGRESS, dumper::dump);
      notes.all.forEach(context::printMessage);
      return printResult(report, file);
    } catch (Cancelled e) {
      context.printMessage("the dump was cancelled; there is no trace of it");
      return Exit.FAILED;
    }
  }

  private Path file(AppConfig config) {
    return line.file().isPresent()
        ? config.dumps().links().resolve(config.dumps().file(), "add --follow-symlinks")
        : config.dumps().resolved();
  }

  /** Options and the file replace settings. Errors name them as they were given. */
  private AppConfig config() {
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    Map<Setting, String> names = new EnumMap<>(Setting.class);
    line.file().ifPresent(file -> values.put(Setting.CACHE_DUMP_FILE, file.toString()));
    names.put(Setting.CACHE_DUMP_FILE, "FILE");
    SETTINGS.forEach((option, setting) -> {
      line.text(option).ifPresent(value -> values.put(setting, value));
      names.put(setting, "--" + option);
    });
    Map<String, String> environment = new HashMap<>(context.environment());
    values.forEach((setting, value) -> environment.put(setting.name(), value));
    try {
      return AppConfig.from(environment);
    } catch (InvalidSettings e) {
      names.keySet().retainAll(values.keySet());
      throw e.renamed(names);
    }
  }

  private int printResult(DumpResult report, Path file) {
    Reports.account(report.account()).forEach(context.out()::println);
    boolean complete = report.dump().complete();
    context.out().println("written as  " + file.resolveSibling(report.dump().name()));
    context.out().println("current as  " + (complete ? file.toString() : "(not: it lacks keys)"));
    context
        .out()
        .printf(
            "%s bytes, %s%n",
            Formats.count(report.dump().bytes()),
            Formats.throughput(report.duration(), report.dump().entries(), "keys"));
    Reports.missing(report.account()).forEach(context::printMessage);
    return complete ? Exit.DONE : Exit.INCOMPLETE;
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

package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ocmcore.cache.domain.dump.DumpKeys;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.Workers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cache analyze}: says what takes the memory. */
@Command(
    name = "analyze",
    header = "Say what takes the memory: apps, largest keys, lifetimes, sizes, idle time.",
    description = {
      "Of the live cache, or of the dump file DUMP, which asks no server and counts as of the time of the",
      "dump; a dump does not say which keys were never fetched. Reads no value, changes nothing."
    })
final class AnalyzeCommand extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("analyze", "entries", "checking the dump");

  @Parameters(
      paramLabel = "DUMP",
      arity = "0..1",
      converter = FileArgument.class,
      description = "a dump file, or a file of another tool")
  private Path file;

  @Mixin
  private FilterOptions filters;

  @Mixin
  private FileOptions opening;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private WatchOption watch;

  @Mixin
  private TargetOptions target;

  AnalyzeCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    KeyFilter filter = filters.filter();
    if (file != null) {
      watch.requireAbsent("a dump does not change");
      filters.requireOfDump("a dump is of all its servers");
      target.requireAbsent("the file is read here, and no cache is asked");
      AnalysisView analysis = analyzed(opening.open(file, host(), context()), filter);
      return print(analysis, analysis.freshness().incomplete());
    }
    try (CommandTarget cache = target.open(host(), context())) {
      return watch.repeat(context(), () -> print(cache.analyze(filters)));
    }
  }

  private AnalysisView analyzed(DumpFile dump, KeyFilter filter) {
    AppRule apps = host().apps(context().environment());
    try (Foreground foreground = new Foreground(context(), host(), quiet.style(context()));
        DumpReader reader = foreground.runInterruptibly(PROGRESS, progress -> dump.salvage())) {
      return AnalysisView.of(
          foreground
              .execute(
                  PROGRESS,
                  progress ->
                      DumpKeys.of(reader, apps, new Workers(foreground.executor()), progress))
              .analysis(filter),
          reader.info().createdAt());
    }
  }

  private int print(AnalysisView analysis) {
    return print(analysis, analysis.freshness().notes(context().clock().instant()));
  }

  private int print(AnalysisView analysis, List<String> notes) {
    output.print(analysis, AnalysisRows.of(analysis), AnalysisRows.COLUMNS, context());
    notes.forEach(context()::printMessage);
    return analysis.freshness().complete() ? Exit.DONE : Exit.INCOMPLETE;
  }
}

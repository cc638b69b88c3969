package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache inspect}: shows the content of a dump file. */
@Command(
    name = "inspect",
    header = "Show what a dump, or a file of another tool, holds.",
    description = {
      "Shows account, keys that match the filters, and the largest apps. FILE is not changed.",
      "The values of keys that CACHE_HIDE_VALUES hides are not shown. Asks no server. JSON is an object",
      "a line, with whole values; CSV has the keys alone."
    })
final class InspectCommand extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("inspect", "entries", "checking the dump");
  private static final long MAX_LIMIT = 1_000_000_000_000L;
  private static final int MAX_APPS = 10;

  @Parameters(paramLabel = "FILE", converter = FileArgument.class, description = "the file")
  private Path file;

  @Option(names = "--limit", paramLabel = "N", description = "show the first N keys (default 20)")
  private String limit = "20";

  @Option(names = "--values", description = "show values, too")
  private boolean showsValues;

  @Option(names = "--json", description = "the same as -o ndjson")
  private boolean asJson;

  @Mixin
  private FileOptions opening;

  @Mixin
  private FilterOptions filters;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  InspectCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    filters.requireOfDump("a dump is of all its servers");
    KeyFilter filter = filters.filter();
    long most = Numbers.of("--limit", limit, 0, MAX_LIMIT);
    AppRule rule = host().apps(context().environment());
    HiddenValues hidden = host().hidden(context().environment());
    DumpFile dump = opening.open(file, host(), context());
    try (Foreground checking = new Foreground(context(), host(), quiet.style(context()));
        // The printed lines show the progress; a progress line would be drawn over them.
        Foreground printing = new Foreground(context(), host(), ProgressDisplay.Style.NONE);
        DumpReader reader = checking.runInterruptibly(PROGRESS, progress -> dump.salvage())) {
      return printing.execute(
          PROGRESS, progress -> inspect(reader, filter, rule, hidden, most, progress));
    }
  }

  private int inspect(
      DumpReader reader,
      KeyFilter filter,
      AppRule rule,
      HiddenValues hidden,
      long limit,
      Progress progress) {
    try (ResultStream result = new ResultStream(context())) {
      PrintStream out = result.out();
      DumpInfo dump = reader.info();
      Instant now = context().clock().instant();
      Inspection inspection = inspection(out, dump, hidden, now);
      inspection.begin();
      AppTotals apps = new AppTotals(rule.finder());
      KeyMatcher matcher = new KeyMatcher(filter, rule, now);
      long matching = 0;
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        progress.checkpoint();
        CacheEntry entry = next.entry();
        KeyInfo info =
            new KeyInfo(entry.key(), entry.expiry(), entry.size(), next.lastAccess(), false, "");
        if (matcher.passes(info)) {
          if (matching++ < limit) {
            inspection.show(next);
          }
          apps.add(entry.key(), entry.size());
        }
      }
      inspection.end(matching, Math.min(matching, limit), apps.top(MAX_APPS));
      return dump.valid() ? Exit.DONE : Exit.DAMAGED;
    }
  }

  private Inspection inspection(PrintStream out, DumpInfo dump, HiddenValues hidden, Instant now) {
    if (asJson || output.isAnyJson()) {
      return new JsonInspection(out, dump, showsValues, hidden, now);
    }
    return output.isTable()
        ? new PlainInspection(out, dump, showsValues, hidden, now)
        : new CsvInspection(out, now);
  }
}

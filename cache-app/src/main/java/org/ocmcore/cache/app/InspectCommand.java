package org.ocmcore.cache.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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

/** {@code cache inspect}: shows the content of a dump file. */
final class InspectCommand {
  private static final ProgressLine PROGRESS =
      new ProgressLine("inspect", "entries", "checking the dump");
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final long DEFAULT_LIMIT = 20;
  private static final long MAX_LIMIT = 1_000_000_000_000L;
  private static final int MAX_APPS = 10;

  private final CommandContext context;
  private final CommandLine line;
  private final Clock clock = Clock.systemUTC();

  InspectCommand(CommandContext context, CommandLine line) {
    this.context = context;
    this.line = line;
  }

  /**
   * Returns the exit status.
   *
   * @throws IOException if the file cannot be read
   */
  int execute() throws IOException {
    KeyFilter filter = new KeyOptions(line).filter();
    AppRule rule = AppRuleSettings.from(context.environment());
    HiddenValues hidden = AppConfig.hidden(context.environment());
    long limit = line.number("limit", 0, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    DumpFile file =
        DumpFile.open(line.file().orElseThrow(), line.links(), line.format(), clock.instant());
    try (Foreground checking = new Foreground(context, context.style(line), clock);
        // The printed lines show the progress; a progress line would be drawn over them.
        Foreground printing = new Foreground(context, ProgressDisplay.Style.NONE, clock);
        DumpReader reader = checking.runInterruptibly(PROGRESS, progress -> file.salvage())) {
      return printing.execute(
          PROGRESS, progress -> inspect(reader, filter, rule, hidden, limit, progress));
    }
  }

  private int inspect(
      DumpReader reader,
      KeyFilter filter,
      AppRule rule,
      HiddenValues hidden,
      long limit,
      Progress progress) {
    // UTF-8, like the dump. Buffered, to save a system call per line.
    PrintStream out = new PrintableStream(new PrintStream(
        new BufferedOutputStream(context.out(), BUFFER_BYTES), false, StandardCharsets.UTF_8));
    try {
      DumpInfo dump = reader.info();
      Instant now = clock.instant();
      Inspection inspection = line.flag("json")
          ? new JsonInspection(out, dump, line.flag("values"), hidden, now)
          : new PlainInspection(out, dump, line.flag("values"), hidden, now);
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
    } finally {
      out.flush();
    }
  }
}

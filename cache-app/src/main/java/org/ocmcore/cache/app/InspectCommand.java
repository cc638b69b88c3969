package org.ocmcore.cache.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;

/** {@code cache inspect}. */
final class InspectCommand {
  private static final ProgressLine PROGRESS =
      new ProgressLine("inspect", "entries", "checking the dump");
  private static final int BUFFER = 64 * 1024;
  private static final long DEFAULT_LIMIT = 20;
  private static final long MAX_LIMIT = 1_000_000_000_000L;
  private static final int APPS = 10;

  private final CommandContext shell;
  private final CommandLine line;
  private final Clock clock = Clock.systemUTC();

  InspectCommand(CommandContext shell, CommandLine line) {
    this.shell = shell;
    this.line = line;
  }

  /** @throws IOException if there is no file to read */
  int run() throws IOException {
    KeyFilter filter = new KeyOptions(line).filter();
    long limit = line.number("limit", 0, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    DumpFile file = DumpFile.open(line.file().orElseThrow());
    try (Foreground checking = new Foreground(shell, shell.style(line), clock);
        // What is printed meanwhile shows that it goes on, and must not be drawn over.
        Foreground printing = new Foreground(shell, ProgressDisplay.Style.NONE, clock);
        DumpReader reader = checking.runInterruptibly(PROGRESS, progress -> file.salvage())) {
      return printing.run(PROGRESS, progress -> inspect(reader, filter, limit, progress));
    }
  }

  private int inspect(DumpReader reader, KeyFilter filter, long limit, Progress progress) {
    // In UTF-8 as the dump is, and not a call of the system for each line.
    PrintStream out = new PrintStream(
        new BufferedOutputStream(shell.out(), BUFFER), false, StandardCharsets.UTF_8);
    try {
      DumpInfo dump = reader.info();
      Instant now = clock.instant();
      Inspection inspection = line.flag("json")
          ? new JsonInspection(out, dump, line.flag("values"), now)
          : new PlainInspection(out, dump, line.flag("values"), now);
      inspection.begin();
      AppTotals apps = new AppTotals();
      KeyMatcher test = new KeyMatcher(filter, now);
      long passed = 0;
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        progress.checkpoint();
        CacheEntry entry = next.entry();
        KeyInfo info =
            new KeyInfo(entry.key(), entry.expiry(), entry.size(), next.lastAccess(), false, "");
        if (test.passes(info)) {
          if (passed++ < limit) {
            inspection.show(next);
          }
          apps.add(entry.key(), entry.size());
        }
      }
      inspection.end(passed, Math.min(passed, limit), apps.top(APPS));
      return dump.valid() ? Exit.DONE : Exit.DAMAGED;
    } finally {
      out.flush();
    }
  }
}

package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * Prints columns for people. Their widths are fixed, since rows are not collected; the key is last.
 */
final class PlainInspection implements Inspection {
  private static final String ROW = "%12s  %12s  %12s  %10s  %s%n";

  private final PrintStream out;
  private final DumpInfo dump;
  private final boolean showsValues;
  private final HiddenValues hidden;
  private final Instant now;

  PlainInspection(
      PrintStream out, DumpInfo dump, boolean showsValues, HiddenValues hidden, Instant now) {
    this.out = out;
    this.dump = dump;
    this.showsValues = showsValues;
    this.hidden = hidden;
    this.now = now;
  }

  @Override
  public void begin() {
    out.println((dump.valid() ? "valid: " : "damaged: ") + Reports.summary(dump));
    dump.damages().forEach(damage -> out.println("  " + damage));
    out.println();
    dump.account().ifPresent(account -> {
      Reports.account(account).forEach(out::println);
      Reports.missing(account).forEach(out::println);
      out.println();
    });
    out.printf(Locale.ROOT, ROW, "bytes", "left at dump", "left now", "flags", "key");
  }

  @Override
  public void show(DumpEntry shown) {
    CacheEntry entry = shown.entry();
    out.printf(
        Locale.ROOT,
        ROW,
        Formats.count(entry.size()),
        remaining(entry.expiry(), dump.createdAt()),
        remaining(entry.expiry(), now),
        entry.value().flags(),
        TerminalText.key(entry.key()));
    if (showsValues) {
      out.println(
          "    " + (hidden.hides(entry.key()) ? "(hidden)" : TerminalText.line(entry.value())));
    }
  }

  private static String remaining(Expiry expiry, Instant at) {
    if (expiry.isPast(at)) {
      return "expired";
    }
    return expiry.remaining(at).map(PlainInspection::time).orElse("never");
  }

  private static String time(Duration left) {
    return left.toDays() >= 2 ? left.toDays() + " days" : Formats.time(left);
  }

  @Override
  public void end(long matching, long shown, List<AppTotals.Total> apps) {
    out.printf(
        "%s of %s keys that match are shown; the dump holds %s%n",
        Formats.count(shown), Formats.count(matching), Formats.count(dump.entries()));
    out.println();
    Table table = new Table("app", "keys", "bytes");
    apps.forEach(total -> table.add(List.of(
        TerminalText.line(total.app()),
        Formats.count(total.keys()),
        Formats.count(total.bytes()))));
    table.print(out);
  }
}

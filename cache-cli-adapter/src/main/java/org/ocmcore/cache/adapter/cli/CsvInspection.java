package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.DumpEntry;

/** Prints the keys of a dump as CSV, and nothing else; values have no place in it. */
final class CsvInspection implements Inspection {
  private final RowPrinter<DumpEntry> rows;

  /** @param now lifetimes count from here */
  CsvInspection(PrintStream out, Instant now) {
    rows = new CsvPrinter<>(
        List.of(
            Column.bytes(
                "size_bytes", "size", shown -> OptionalLong.of(shown.entry().size())),
            Column.ttl("ttl_seconds", "ttl", shown -> left(shown.entry().expiry(), now)),
            Column.count(
                "flags", "flags", shown -> OptionalLong.of(shown.entry().value().flags())),
            Column.count("last_access", "last access", CsvInspection::lastAccess),
            Column.key("key", "key", shown -> shown.entry().key().toString())),
        out);
  }

  private static OptionalLong left(Expiry expiry, Instant now) {
    return Views.seconds(expiry.remaining(now));
  }

  private static OptionalLong lastAccess(DumpEntry shown) {
    return shown.lastAccess() == KeyInfo.UNKNOWN
        ? OptionalLong.empty()
        : OptionalLong.of(shown.lastAccess());
  }

  @Override
  public void begin() {
    // Only keys have a place in the table.
  }

  @Override
  public void show(DumpEntry shown) {
    rows.print(shown);
  }

  @Override
  public void end(long matching, long shown, List<AppTotals.Total> apps) {
    rows.close();
  }
}

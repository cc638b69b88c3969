package org.ocmcore.cache.adapter.cli;

import java.util.List;
import org.ocmcore.cache.domain.port.DumpEntry;

/** Prints the content of a dump: {@link #begin}, {@link #show} for each entry, {@link #end}. */
interface Inspection {
  /** Prints header, damages and account. */
  void begin();

  /** Prints an entry. */
  void show(DumpEntry entry);

  /**
   * Prints totals.
   *
   * @param matching the number of entries that match the filters
   * @param shown the number of entries that were shown
   * @param apps the apps with the most bytes, largest first
   */
  void end(long matching, long shown, List<AppTotals.Total> apps);
}

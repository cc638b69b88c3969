package org.ocmcore.cache.app;

import java.util.List;
import org.ocmcore.cache.domain.port.DumpEntry;

/** Shows what a dump holds, from its beginning to its end. */
interface Inspection {
  /** Shows what the dump says of itself. */
  void begin();

  void show(DumpEntry entry);

  /**
   * @param passed entries that passed the filters
   * @param shown those of them that were shown
   * @param apps those with the most bytes
   */
  void end(long passed, long shown, List<AppTotals.Total> apps);
}

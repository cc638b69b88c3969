package org.ocmcore.cache.domain.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;

/** A part of a dump. Its entries join the dump only when it ends, as in a file. */
final class FakePart implements PartWriter {
  private final String server;
  private final List<PlacedDumpEntry> entries;
  private final Predicate<DumpEntry> isAccepted;
  private final List<PlacedDumpEntry> gathered = new ArrayList<>();

  /** @param isAccepted is asked for each entry before it is written */
  FakePart(String server, List<PlacedDumpEntry> entries, Predicate<DumpEntry> isAccepted) {
    this.server = server;
    this.entries = entries;
    this.isAccepted = isAccepted;
  }

  @Override
  public boolean write(DumpEntry entry) {
    return isAccepted.test(entry) && gathered.add(new PlacedDumpEntry(entry, server));
  }

  @Override
  public void end() {
    entries.addAll(gathered);
    gathered.clear();
  }
}

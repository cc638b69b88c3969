package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import org.ocmcore.cache.adapter.file.CheckedFiles.Opened;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/** Reads a checked dump, and checks it once more on the way, since files can change. */
final class FileDumpReader implements DumpReader {
  private final String name;
  private final Opened dump;
  private final DumpScan scan;

  FileDumpReader(String name, Opened dump) throws IOException {
    this.name = name;
    this.dump = dump;
    scan = new DumpScan(dump.channel());
  }

  @Override
  public DumpInfo info() {
    return dump.summary().named(name);
  }

  @Override
  public CacheEntry next() {
    try {
      CacheEntry entry = scan.next();
      if (entry == null && !scan.summary().equals(dump.summary())) {
        throw new Damaged("it was changed while it was read");
      }
      return entry;
    } catch (IOException e) {
      throw new DumpUnusable(name, Reason.of(e), e);
    }
  }

  @Override
  public void close() {
    try {
      dump.close();
    } catch (IOException e) {
      throw new DumpUnusable(name, Reason.of(e), e);
    }
  }
}

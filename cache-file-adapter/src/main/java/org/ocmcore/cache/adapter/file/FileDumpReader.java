package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.ocmcore.cache.adapter.file.CheckedFiles.Opened;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/** Reads the entries of a file that was checked. */
final class FileDumpReader implements DumpReader {
  private final String name;
  private final Opened dump;
  private final DumpScan scan;
  private Iterator<DumpEntry> block = List.<DumpEntry>of().iterator();
  private boolean ended;

  FileDumpReader(String name, Opened dump) throws IOException {
    this.name = name;
    this.dump = dump;
    scan = new DumpScan(dump.channel(), true);
  }

  @Override
  public DumpInfo info() {
    return dump.summary().named(name);
  }

  @Override
  public DumpEntry next() {
    try {
      while (!block.hasNext() && !ended) {
        advance();
      }
      return ended ? null : block.next();
    } catch (IOException e) {
      throw new DumpUnusable(name, IoMessages.of(e), e);
    }
  }

  private void advance() throws IOException {
    List<DumpEntry> next = scan.nextBlock();
    if (next != null) {
      block = next.iterator();
      return;
    }
    ended = true;
    if (!scan.summary(dump.summary().header().createdAt()).equals(dump.summary())) {
      throw new CorruptDumpException("it was changed while it was read");
    }
  }

  @Override
  public void close() {
    try {
      dump.close();
    } catch (IOException e) {
      throw new DumpUnusable(name, IoMessages.of(e), e);
    }
  }
}

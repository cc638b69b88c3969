package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.CheckCache.CheckedDump;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/** Reads the intact entries of a checked file. For one thread. */
final class FileDumpReader implements DumpReader {
  private final String name;
  private final CheckedDump dump;
  private final DumpScan scan;
  private BlockEntries block = BlockEntries.none();
  private Optional<String> server = Optional.empty();
  private boolean ended;

  FileDumpReader(String name, CheckedDump dump) throws IOException {
    this.name = name;
    this.dump = dump;
    scan = DumpScan.again(dump.channel(), dump.result());
  }

  @Override
  public DumpInfo info() {
    return dump.result().info(name);
  }

  @Override
  public DumpEntry next() {
    try {
      while (!block.hasNext() && !ended) {
        advance();
      }
      return ended ? null : nextOfBlock();
    } catch (IOException e) {
      throw new DumpUnusable(name, IoMessages.of(e), e);
    }
  }

  /** What is read here was valid when it was checked. */
  private DumpEntry nextOfBlock() throws CorruptDumpException {
    try {
      return block.next();
    } catch (CorruptDumpException e) {
      throw changed();
    }
  }

  private static CorruptDumpException changed() {
    return new CorruptDumpException("it was changed while it was read");
  }

  @Override
  public Optional<String> server() {
    return server;
  }

  private void advance() throws IOException {
    // Its text is not needed any more, and the next may need as much memory.
    block = BlockEntries.none();
    DumpScan.ScannedBlock next = scan.nextBlock();
    if (next != null) {
      block = next.entries();
      server = next.server();
      return;
    }
    ended = true;
    if (!scan.summary(dump.result().header().createdAt()).equals(dump.result())) {
      throw changed();
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

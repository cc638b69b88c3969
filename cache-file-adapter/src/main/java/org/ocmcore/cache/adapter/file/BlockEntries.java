package org.ocmcore.cache.adapter.file;

import java.util.Optional;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * The entries of one intact block. Decodes each when it is asked for, so that only one value is in
 * memory beside the text. Valid until the next segment is read; for one thread.
 */
final class BlockEntries {
  private final byte[] text;
  private final CanonicalEntryParser lines;
  private final int end;
  private int read;

  /**
   * @param from the start of the first line
   * @param end the end of the last line
   */
  BlockEntries(byte[] text, int from, int end) {
    this.text = text;
    this.lines = new CanonicalEntryParser(text, from, end);
    this.end = end;
  }

  /** No entries. */
  static BlockEntries none() {
    return new BlockEntries(new byte[0], 0, 0);
  }

  boolean hasNext() {
    return lines.position() < end;
  }

  /** @throws CorruptDumpException if the line is no valid entry */
  DumpEntry next() throws CorruptDumpException {
    Optional<DumpEntry> canonical = lines.next();
    read++;
    return canonical.isPresent() ? canonical.get() : nextOther();
  }

  /**
   * Checks all lines that are left, and goes to the end. Keeps no values.
   *
   * @return the number of all entries
   * @throws CorruptDumpException if a line is no valid entry
   */
  int check() throws CorruptDumpException {
    while (hasNext()) {
      read++;
      if (!lines.skip()) {
        nextOther();
      }
    }
    return read;
  }

  private DumpEntry nextOther() throws CorruptDumpException {
    int from = lines.position();
    int to = TextScan.lineEnd(text, from, end);
    lines.goTo(to + 1);
    return EntryLine.parse(text, from, to, read);
  }
}

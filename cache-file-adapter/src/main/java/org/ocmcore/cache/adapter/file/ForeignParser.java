package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.ocmcore.cache.domain.port.DumpEntry;

/** Parses the text of a file of another tool, one entry after the other. For one thread. */
interface ForeignParser {
  /**
   * The next entry, or null at the end.
   *
   * @throws CorruptDumpException if the text is malformed; names the line, what is wrong, and what
   *     to do
   * @throws IOException if the file cannot be read
   */
  DumpEntry next() throws IOException;

  /** @param now lifetimes in seconds begin here */
  static ForeignParser of(FileFormat format, InputStream text, Instant now) throws IOException {
    return switch (format) {
      case MEMCACHED_TOOL -> new MemcachedToolParser(text, now);
      case CSV -> new CsvEntryParser(text, now);
      case NDJSON -> new NdjsonParser(text, now);
      case CACHE -> throw new IllegalArgumentException("a dump is no file of another tool");
    };
  }

  /** The failure with the number of its line. */
  static CorruptDumpException at(long line, String problem) {
    return new CorruptDumpException("line %d: %s".formatted(line, problem));
  }
}

package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;

/** A reader of large values holds the text of one line, and not much more. */
final class ReaderMemoryTest {
  private static final int VALUE = 9_000_000;

  @TempDir
  Path folder;

  @Test
  void theBufferFitsTheLine() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    CacheEntry entry =
        new CacheEntry(CacheKey.of("k"), CacheValue.wrap(new byte[VALUE], 0), Expiry.NEVER);
    DumpFiles.write(dumps, NOON, List.of(entry));
    int text = 4 * VALUE / 3;
    try (FileChannel channel = FileChannel.open(folder.resolve("dump.json"))) {
      SegmentReader reader = SegmentReader.of(channel);
      int largest = 0;
      for (Segment next = reader.next(); next != null; next = reader.next()) {
        largest = Math.max(largest, reader.buffer.length);
      }
      assertTrue(largest >= text && largest < text + DumpFormat.BLOCK, "it holds " + largest);
    }
    assertEquals(List.of(entry), DumpFiles.read(dumps, dumps.names().get(0)));
  }
}

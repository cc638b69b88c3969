package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;

/** Large values and dumps of many blocks come back unchanged, however they are compressed. */
final class LargeDumpTest {
  private static final List<String> NAMES = List.of("n.json", "g.json.gz", "z.json.zst");

  @TempDir
  private Path folder;

  private FileDumps dumps;

  @BeforeEach
  void createDumps() {
    dumps = new FileDumps(folder.resolve("dump.json"));
  }

  private void assertRoundTrip(List<CacheEntry> entries, String hint) {
    DumpFiles.write(dumps, NOON, entries);
    assertEquals(entries, DumpFiles.read(dumps, dumps.currentName()), hint);
  }

  @Test
  void tooLargeValuesAreLeftOut() {
    byte[] quotes = new byte[DumpFormat.MAX_LINE / 2];
    Arrays.fill(quotes, (byte) '"');
    CacheValue escaped = CacheValue.wrap(quotes, 0);
    CacheValue larger = CacheValue.of(new byte[DumpFormat.MAX_LINE + 1], 0);
    try (DumpWriter writer = dumps.create(DumpFiles.header(NOON))) {
      PartWriter part = writer.part("127.0.0.1:11211");
      assertFalse(part.write(
          DumpFiles.dumped(new CacheEntry(CacheKey.of("first"), escaped, Expiry.NEVER))));
      assertTrue(part.write(DumpFiles.dumped(DumpFiles.entry("a", "before"))));
      assertFalse(part.write(
          DumpFiles.dumped(new CacheEntry(CacheKey.of("escaped"), escaped, Expiry.NEVER))));
      assertFalse(part.write(
          DumpFiles.dumped(new CacheEntry(CacheKey.of("larger"), larger, Expiry.NEVER))));
      assertTrue(part.write(DumpFiles.dumped(DumpFiles.entry("b", "after"))));
      assertFalse(
          part.write(DumpFiles.dumped(new CacheEntry(CacheKey.of("last"), escaped, Expiry.NEVER))));
      part.end();
      assertEquals(2, writer.commit(DumpFiles.account(2), () -> {}).entries());
    }
    assertEquals(
        List.of(DumpFiles.entry("a", "before"), DumpFiles.entry("b", "after")),
        DumpFiles.read(dumps, dumps.currentName()));
  }

  @Test
  void largeValuesComeBackUnchanged() {
    byte[] text = new byte[DumpFormat.MAX_LINE - 1000];
    Arrays.fill(text, (byte) 'x');
    List<CacheEntry> entries =
        List.of(new CacheEntry(CacheKey.of("large"), CacheValue.wrap(text, 0), Expiry.NEVER));
    for (String name : NAMES) {
      dumps = new FileDumps(folder.resolve(name));
      assertRoundTrip(entries, name);
    }
  }

  @Test
  void manyBlocksComeBackWithEveryCompression() throws IOException {
    List<CacheEntry> entries = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      entries.add(new CacheEntry(
          CacheKey.of("key:" + i), CacheValue.wrap(RandomBytes.value(random), i), Expiry.NEVER));
    }
    for (String name : NAMES) {
      dumps = new FileDumps(folder.resolve(name));
      assertRoundTrip(entries, name);
    }
  }
}

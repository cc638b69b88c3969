package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.ENTRY;
import static org.ocmcore.cache.adapter.file.DumpFiles.HEADER;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;
import static org.ocmcore.cache.adapter.file.DumpFiles.closed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/** Changed files are checked again, also while they are read; unchanged files are not. */
final class ChangedFileTest extends DamageFixture {
  private static final String OTHER = ENTRY.replace("first", "other");

  @Test
  void aChangeDuringReadingIsDetected() throws IOException {
    byte[] large = new byte[DumpFormat.BLOCK];
    Arrays.fill(large, (byte) 'x');
    CacheEntry entry = new CacheEntry(CacheKey.of("large"), CacheValue.of(large, 0), Expiry.NEVER);
    DumpFiles.write(dumps, NOON, Collections.nCopies(6, entry));
    try (DumpReader reader = dumps.open("dump.json")) {
      assertEquals(DumpFiles.dumped(entry), reader.next());
      overwrite(Files.size(file) - 10_000, 'y');
      for (int i = 2; i <= 5; i++) {
        assertEquals(DumpFiles.dumped(entry), reader.next());
      }
      assertChanged(reader);
    }
  }

  @Test
  void aReplacementWithTheSameTimeIsDetected() throws IOException {
    replaceWrittenDump(whole -> closed(HEADER, OTHER));
    try (DumpReader reader = dumps.open("dump.json")) {
      assertEquals(DumpFiles.dumped(DumpFiles.entry("a", "other")), reader.next());
      assertChanged(reader);
    }
  }

  @Test
  void aReplacedBlockWithAChecksumOfItsOwnIsDetected() throws IOException {
    replaceWrittenDump(
        whole -> whole.replace(DumpFiles.block(1, ENTRY), DumpFiles.block(1, OTHER)));
    try (DumpReader reader = dumps.open("dump.json")) {
      assertEquals(DumpFiles.dumped(DumpFiles.entry("a", "other")), reader.next());
      assertChanged(reader);
    }
  }

  @Test
  void aReplacementThatIsNoDumpIsDetectedToo() throws IOException {
    replaceWrittenDump(whole -> closed(HEADER, OTHER.replace("flags", "flogs")));
    try (DumpReader reader = dumps.open("dump.json")) {
      assertChanged(reader);
    }
  }

  /** Replaces the text of a dump that was written here, and leaves its time. */
  private void replaceWrittenDump(UnaryOperator<String> change) throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, change.apply(Files.readString(file)));
    Files.setLastModifiedTime(file, time);
  }

  private static void assertChanged(DumpReader reader) {
    DumpUnusable changed = assertThrows(DumpUnusable.class, reader::next);
    assertTrue(changed.getMessage().endsWith("it was changed while it was read"));
  }

  @Test
  void aReplacedDumpIsReadToItsEnd() {
    DumpFiles.write(dumps, NOON, "first");
    try (DumpReader reader = dumps.open("dump.json")) {
      DumpFiles.write(dumps, NOON, "second");
      assertEquals(DumpFiles.dumped(DumpFiles.entry("a", "first")), reader.next());
      assertEquals(null, reader.next());
    }
  }

  @Test
  void openingChecksAgainAndDescribingOnlyChangedFiles() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    Files.setLastModifiedTime(file, LONG_AGO);
    assertTrue(dumps.describe("dump.json").valid());
    overwrite(Files.size(file) - 10, 'x');
    Files.setLastModifiedTime(file, LONG_AGO);
    assertTrue(dumps.describe("dump.json").valid(), "nothing shows that it has changed");
    messageOfFailingOpen();
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
    assertFalse(dumps.describe("dump.json").valid());
  }

  @Test
  void damagedFilesAreCheckedAgainOnlyIfChanged() throws IOException {
    DumpFiles.write(dumps, NOON, "first");
    long digit = Files.size(file) - 10;
    byte before = Files.readAllBytes(file)[(int) digit];
    overwrite(digit, '?');
    Files.setLastModifiedTime(file, LONG_AGO);
    DumpInfo damaged = dumps.describe("dump.json");
    assertFalse(damaged.valid());
    messageOfFailingOpen();
    overwrite(digit, before);
    Files.setLastModifiedTime(file, LONG_AGO);
    assertEquals(damaged, dumps.describe("dump.json"), "nothing shows that it has changed");
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO.toInstant().plusNanos(1000)));
    assertTrue(dumps.describe("dump.json").valid());
  }

  @Test
  void recentlyChangedFilesAreAlwaysCheckedAgain() throws IOException {
    Files.writeString(file, closed(HEADER, ENTRY));
    FileTime time = Files.getLastModifiedTime(file);
    assertTrue(dumps.describe("dump.json").valid());
    overwrite(Files.size(file) - 10, '?');
    Files.setLastModifiedTime(file, time);
    assertFalse(dumps.describe("dump.json").valid());
  }

  @Test
  void aDumpWrittenHereIsNotCheckedAgain() throws IOException {
    DumpInfo written = DumpFiles.write(dumps, NOON, "first");
    FileTime time = Files.getLastModifiedTime(file);
    overwrite(Files.size(file) - 10, '?');
    Files.setLastModifiedTime(file, time);
    assertEquals(written, dumps.describe(written.name()));
    Files.setLastModifiedTime(file, LONG_AGO);
    assertFalse(dumps.describe(written.name()).valid());
  }
}

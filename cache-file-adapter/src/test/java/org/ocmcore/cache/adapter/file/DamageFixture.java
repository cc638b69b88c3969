package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.ocmcore.cache.adapter.file.DumpFiles.ENTRY;
import static org.ocmcore.cache.adapter.file.DumpFiles.HEADER;
import static org.ocmcore.cache.adapter.file.DumpFiles.closed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;

/** A dump file whose content a test writes, and the checks that it is rejected. */
abstract class DamageFixture {
  static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir
  Path folder;

  Path file;

  FileDumps dumps;

  @BeforeEach
  void createDumps() {
    file = folder.resolve("dump.json");
    dumps = new FileDumps(file);
  }

  DumpUnusable assertUnusable(String hint) {
    DumpInfo info = dumps.describe("dump.json");
    assertFalse(info.valid(), hint);
    assertEquals(0, info.entries(), hint);
    assertEquals(List.of("dump.json"), dumps.names());
    DumpUnusable salvage = assertThrows(DumpUnusable.class, () -> dumps.salvage("dump.json"), hint);
    DumpUnusable unusable = assertThrows(DumpUnusable.class, () -> dumps.open("dump.json"), hint);
    assertEquals(unusable.getMessage(), salvage.getMessage());
    return unusable;
  }

  void assertRefused(String reason, String content) throws IOException {
    Files.writeString(file, content);
    assertEquals(
        "dump 'dump.json' is not usable: " + reason, assertUnusable(reason).getMessage());
  }

  /** Asserts that the block, and with it the dump, is rejected. */
  void assertEntryRefused(String reason, String line) throws IOException {
    String begun = HEADER + "\n";
    String block = DumpFiles.block(1, ENTRY, line);
    assertRefused(
        "bytes %d to %,d: block 1: entry 2%s"
            .formatted(begun.length(), begun.length() + block.length(), reason),
        closed(HEADER, ENTRY, line));
  }

  void assertHeaderRefused(String reason, String header) throws IOException {
    Files.writeString(file, closed(header, ENTRY));
    DumpInfo info = dumps.describe("dump.json");
    assertEquals(
        List.of(
            new DumpDamage(0, 0, "its first line is missing"),
            new DumpDamage(0, header.length() + 1, reason)),
        info.damages());
    assertEquals(List.of(DumpFiles.entry("a", "first")), DumpFiles.salvage(dumps, "dump.json"));
  }

  String messageOfFailingOpen() {
    return assertThrows(DumpUnusable.class, () -> dumps.open("dump.json")).getMessage();
  }

  void overwrite(long position, int with) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(position);
      access.write(with);
    }
  }
}

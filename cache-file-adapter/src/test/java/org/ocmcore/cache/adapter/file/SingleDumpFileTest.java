package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.ENTRY;
import static org.ocmcore.cache.adapter.file.DumpFiles.HEADER;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;

/**
 * A single file is read without a trace. The modification time of its folder shows also what would
 * be created and removed again, and holds for the superuser, too.
 */
final class SingleDumpFileTest {
  private static final FileTime LONG_AGO = FileTime.from(NOON);
  private static final String NAME = "any name";

  @TempDir
  private Path parent;

  private Path folder;
  private Path file;
  private SingleDumpFile dump;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(parent.resolve("readonly"));
    file = folder.resolve(NAME);
    dump = new SingleDumpFile(file);
  }

  @AfterEach
  void makeWritableAgain() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private void writeReadOnly(String content) throws IOException {
    Files.writeString(file, content);
    // Looks like what a killed process leaves, which FileDumps would remove.
    Files.writeString(folder.resolve("." + NAME + ".99999999-0123456789abcdef.tmp"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    Files.setLastModifiedTime(file, LONG_AGO);
    Files.setLastModifiedTime(folder, LONG_AGO);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
  }

  private void assertUntouched(String content) throws IOException {
    assertEquals(LONG_AGO, Files.getLastModifiedTime(folder), "something was created or removed");
    assertEquals(LONG_AGO, Files.getLastModifiedTime(file));
    assertEquals(content, Files.readString(file));
    assertEquals(
        Set.of(NAME, "." + NAME + ".99999999-0123456789abcdef.tmp"), DumpFiles.filesIn(folder));
  }

  @Test
  void readingLeavesAReadOnlyFolderUntouched() throws IOException {
    String content = DumpFiles.closed(HEADER, ENTRY);
    writeReadOnly(content);
    DumpInfo info = dump.describe(NAME);
    assertTrue(info.valid() && info.complete());
    assertEquals(DumpFiles.header(NOON), info.header());
    assertEquals(1, info.entries());
    try (DumpReader all = dump.open(NAME);
        DumpReader intact = dump.salvage(NAME)) {
      assertEquals(info, all.info());
      assertEquals(List.of(DumpFiles.entry("a", "first")), DumpFiles.rest(all));
      assertEquals(List.of(DumpFiles.entry("a", "first")), DumpFiles.rest(intact));
    }
    assertUntouched(content);
  }

  @Test
  void salvagingLeavesADamagedFileUntouched() throws IOException {
    String content = DumpFiles.closed(HEADER, ENTRY) + "rubbish";
    writeReadOnly(content);
    assertFalse(dump.describe(NAME).valid());
    assertThrows(DumpUnusable.class, () -> dump.open(NAME));
    try (DumpReader intact = dump.salvage(NAME)) {
      assertEquals(1, intact.info().damages().size());
      assertEquals(List.of(DumpFiles.entry("a", "first")), DumpFiles.rest(intact));
    }
    assertUntouched(content);
  }

  @Test
  void aFileThatIsNoDumpStaysUntouched() throws IOException {
    writeReadOnly("[]");
    assertFalse(dump.describe(NAME).valid());
    assertThrows(DumpUnusable.class, () -> dump.salvage(NAME));
    assertUntouched("[]");
  }

  @Test
  void compressedFilesAreReadWhateverTheirName() throws IOException {
    for (String name : List.of("dump.json.gz", "dump.json.zst")) {
      DumpFiles.write(new FileDumps(parent.resolve(name)), NOON, "first");
      byte[] content = Files.readAllBytes(parent.resolve(name));
      Files.write(file, content);
      assertTrue(dump.describe(NAME).valid(), name);
      assertArrayEquals(content, Files.readAllBytes(file));
      assertEquals(Set.of(NAME), DumpFiles.filesIn(folder));
    }
  }

  @Test
  void onlyItsOwnNameIsFound() throws IOException {
    Files.writeString(file, DumpFiles.closed(HEADER, ENTRY));
    assertEquals(NAME, dump.currentName());
    Files.writeString(folder.resolve("other"), DumpFiles.closed(HEADER, ENTRY));
    assertThrows(DumpNotFound.class, () -> dump.describe("other"));
    assertThrows(DumpNotFound.class, () -> dump.open("any name-20260102T120000.000Z"));
  }

  @Test
  void missingFilesAndSymbolicLinksAreNotFound() throws IOException {
    assertThrows(DumpNotFound.class, () -> dump.describe(NAME));
    assertFalse(Files.exists(file));
    Path target = Files.writeString(parent.resolve("target"), DumpFiles.closed(HEADER, ENTRY));
    Files.createSymbolicLink(file, target);
    assertThrows(DumpNotFound.class, () -> dump.salvage(NAME));
  }
}

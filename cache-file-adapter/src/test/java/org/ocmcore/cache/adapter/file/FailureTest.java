package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;

/** When a dump fails, the older one stays current and nothing else stays. */
final class FailureTest {
  private static final String OLDER = "dump-20260102T120000.000Z.json";

  @TempDir
  private Path parent;

  private final FaultyDisk disk = new FaultyDisk();
  private Path folder;
  private Path file;
  private FileDumps dumps;

  @BeforeEach
  void writeOneDump() {
    folder = parent.resolve("data");
    file = folder.resolve("dump.json");
    dumps = new FileDumps(file, disk);
    DumpFiles.write(dumps, NOON, "first");
  }

  private void assertSecondFails(String reason) throws IOException {
    DumpFailed failed =
        assertThrows(DumpFailed.class, () -> DumpFiles.write(dumps, NOON.plusSeconds(1), "second"));
    assertEquals(reason, failed.getMessage());
    assertEquals(Set.of("dump.json"), DumpFiles.filesIn(folder));
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
  }

  private void assertSecondSucceeds() throws IOException {
    DumpFiles.write(dumps, NOON.plusSeconds(1), "second");
    assertEquals(Set.of("dump.json", OLDER), DumpFiles.filesIn(folder));
    assertEquals(List.of("dump.json", OLDER), dumps.names());
    assertEquals("second", DumpFiles.value(dumps, "dump.json"));
    assertEquals("first", DumpFiles.value(dumps, OLDER));
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedAtStart() {
    disk.createFails = true;
    DumpFailed failed = assertThrows(DumpFailed.class, () -> new FileDumps(file, disk));
    assertEquals(
        "the folder '%s' cannot be made or written: Too many open files".formatted(folder),
        failed.getMessage());
  }

  @Test
  void aFullDiskFailsTheDump() throws IOException {
    disk.isFull = true;
    assertSecondFails("No space left on device");
    assertThrows(
        DumpFailed.class,
        () -> DumpFiles.write(
            dumps, NOON, Collections.nCopies(10_000, DumpFiles.entry("a", "second"))));
    assertEquals(Set.of("dump.json"), DumpFiles.filesIn(folder));
    disk.isFull = false;
    assertSecondSucceeds();
  }

  @Test
  void aFileThatCannotBeMadeFailsTheDump() throws IOException {
    disk.createFails = true;
    assertSecondFails("Too many open files");
  }

  @Test
  void aSyncOfTheFileThatFailsFailsTheDump() throws IOException {
    disk.syncOfFilesFails = true;
    assertSecondFails("Input/output error");
  }

  @Test
  void aCommitIsEndedAtAnyOfItsSteps() throws IOException {
    int steps = 0;
    for (boolean ended = true; ended; steps++) {
      AtomicInteger left = new AtomicInteger(steps);
      try (DumpWriter writer = dumps.create(DumpFiles.header(NOON.plusSeconds(1)))) {
        DumpFiles.writePart(writer, List.of(DumpFiles.entry("a", "second")));
        writer.commit(DumpFiles.account(1), () -> {
          if (left.getAndDecrement() == 0) {
            throw new DumpFailed("stop");
          }
        });
        ended = false;
      } catch (DumpFailed stopped) {
        assertEquals("stop", stopped.getMessage());
      }
      assertEquals(ended ? 1 : 2, DumpFiles.filesIn(folder).size());
      assertEquals(ended ? "first" : "second", DumpFiles.value(dumps, "dump.json"));
    }
    assertTrue(steps > 3, "before the sync, while it is read back, and after");
  }

  @Test
  void aRenameThatFailsFailsTheDump() throws IOException {
    disk.replaceFails = true;
    assertSecondFails("Input/output error");
    disk.replaceFails = false;
    assertSecondSucceeds();
  }

  @Test
  void aSyncThatFailsBeforeOrAfterTheRenameFailsTheDump() throws IOException {
    for (int successful = 0; successful < 2; successful++) {
      disk.syncs = successful;
      assertSecondFails("Input/output error");
    }
    disk.syncs = 2;
    assertSecondSucceeds();
  }

  @Test
  void aFirstDumpThatFailsLeavesNothing() throws IOException {
    dumps.delete("dump.json");
    disk.syncs = 1;
    assertThrows(DumpFailed.class, () -> DumpFiles.write(dumps, NOON, "first"));
    assertEquals(Set.of(), DumpFiles.filesIn(folder));
    assertEquals(List.of(), dumps.names());
  }

  @Test
  void withoutHardLinksTheOlderDumpIsCopied() throws IOException {
    disk.hasLinks = false;
    disk.replaceFails = true;
    assertSecondFails("Input/output error");
    disk.replaceFails = false;
    assertSecondSucceeds();
  }

  @Test
  void aDumpThatReadsBackDamagedFails() throws IOException {
    try (DumpWriter writer = dumps.create(DumpFiles.header(NOON))) {
      for (int i = 0; i < 10_000; i++) {
        DumpFiles.writePart(writer, List.of(DumpFiles.entry("key" + i, "value")));
      }
      Path temporary = folder.resolve(DumpFiles.filesIn(folder).first());
      try (RandomAccessFile access = new RandomAccessFile(temporary.toFile(), "rw")) {
        access.seek(DumpFiles.HEADER.indexOf("127"));
        access.write('9');
      }
      assertEquals(
          "what was written reads back damaged: its closing line, line"
              + " 10002, has another checksum: some line before it was changed",
          assertThrows(DumpFailed.class, () -> writer.commit(DumpFiles.account(1), () -> {}))
              .getMessage());
    }
    assertEquals(Set.of("dump.json"), DumpFiles.filesIn(folder));
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
  }

  @Test
  void aFolderThatIsRemovedMeanwhileFailsTheDumpAndIsMadeForTheNext() throws IOException {
    try (DumpWriter writer = dumps.create(DumpFiles.header(NOON))) {
      DumpFiles.writePart(writer, List.of(DumpFiles.entry("a", "second")));
      for (String name : DumpFiles.filesIn(folder)) {
        Files.delete(folder.resolve(name));
      }
      Files.delete(folder);
      assertThrows(DumpFailed.class, () -> writer.commit(DumpFiles.account(1), () -> {}));
      assertThrows(DumpUnusable.class, dumps::names);
    }
    assertFalse(Files.exists(folder));
    DumpFiles.write(dumps, NOON, "third");
    assertEquals("third", DumpFiles.value(dumps, "dump.json"));
  }

  @Test
  void afterCommitNothingIsWritten() {
    try (DumpWriter writer = dumps.create(DumpFiles.header(NOON))) {
      writer.commit(DumpFiles.account(0), () -> {});
      assertThrows(
          DumpFailed.class,
          () -> DumpFiles.writePart(writer, List.of(DumpFiles.entry("a", "late"))));
      assertThrows(DumpFailed.class, () -> writer.commit(DumpFiles.account(1), () -> {}));
    }
    assertEquals(List.of(), DumpFiles.read(dumps, "dump.json"));
  }

  /** As a crash between the two steps leaves it. */
  @Test
  void aDumpWithTwoNamesIsListedOnceAndKeptOnce() throws IOException {
    Files.createLink(folder.resolve(OLDER), file);
    assertEquals(List.of("dump.json"), dumps.names());
    assertSecondSucceeds();
  }

  @Test
  void aDumpWithTwoNamesStaysWhenTheNextOneFails() throws IOException {
    Files.createLink(folder.resolve(OLDER), file);
    disk.replaceFails = true;
    assertSecondFails("Input/output error");
  }
}

package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.Scratch;

/** If a dump fails, the older one stays current, and nothing of the new one stays. */
final class FailureTest extends FaultyDiskFixture {
  private void assertOnlyFirst() throws IOException {
    assertEquals(Set.of("dump.json", FIRST), DumpFiles.filesIn(folder));
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
    assertEquals(List.of(FIRST), dumps.names());
  }

  private static String notWritten(String reason) {
    return "the dump dump.json could not be written: " + reason;
  }

  private void assertSecondFails(String reason) throws IOException {
    assertEquals(reason, assertThrows(DumpFailed.class, this::writeSecond).getMessage());
    disk.failing = "";
    assertOnlyFirst();
  }

  private void assertSecondSucceeds() throws IOException {
    writeSecond();
    assertEquals(Set.of("dump.json", FIRST, SECOND), DumpFiles.filesIn(folder));
    assertEquals(List.of(SECOND, FIRST), dumps.names());
    assertEquals("second", DumpFiles.value(dumps, "dump.json"));
    assertEquals("first", DumpFiles.value(dumps, FIRST));
  }

  @Test
  void startFailsIfTheFolderIsNotWritable() {
    disk.failing = "create";
    DumpFailed failed = assertThrows(DumpFailed.class, () -> new FileDumps(file, disk));
    assertEquals(
        "the folder '%s' cannot be made or written: Input/output error".formatted(folder),
        failed.getMessage());
  }

  @Test
  void aFullDiskFailsTheDump() throws IOException {
    disk.isFull = true;
    assertSecondFails(
        "the dump %s could not be written: No space left on device".formatted(file.getFileName()));
    List<CacheEntry> many = Collections.nCopies(20_000, DumpFiles.entry("a", "second"));
    assertThrows(DumpFailed.class, () -> DumpFiles.write(dumps, NOON, many));
    assertOnlyFirst();
    disk.isFull = false;
    assertSecondSucceeds();
  }

  /** The file size limit of the shell stops the last megabytes like a full disk. */
  @Test
  void aFileSizeLimitKeepsTheOlderDump() throws IOException, InterruptedException {
    assertEquals(
        "failed: the dump %s could not be written: File too large".formatted(file.getFileName()),
        DumpOnce.run(folder, "ulimit -f 4096 && exec \"$@\"", file, "8000000"));
    assertOnlyFirst();
  }

  @Test
  void startFailsIfZstdIsUnavailable() throws IOException, InterruptedException {
    Path compressed = folder.resolve("other.json.zst");
    String reported =
        DumpOnce.run(folder, "exec \"$@\"", compressed, "10", "-Djava.io.tmpdir=/nowhere");
    assertTrue(
        reported.startsWith("failed: '" + compressed
            + "' cannot be compressed as its name asks for: zstd cannot be used here: "),
        reported);
    assertOnlyFirst();
  }

  @Test
  void anyFailedStepFailsTheDump() throws IOException {
    assertEquals(
        Set.of("create", "write", "sync", "read", "link", "replace", "sync folder"),
        failAtEveryStep(DumpFiles.account(1)));
  }

  @Test
  void anyFailedStepFailsAPartialDump() throws IOException {
    assertEquals(
        Set.of("create", "write", "sync", "read", "replace", "sync folder"),
        failAtEveryStep(DumpFiles.partialAccount(1)));
  }

  @Test
  void anyFailedStepFailsADumpWithoutLinks() throws IOException {
    disk.hasLinks = false;
    assertEquals(
        Set.of("create", "write", "sync", "read", "open", "replace", "sync folder"),
        failAtEveryStep(DumpFiles.account(1)));
  }

  /** Fails one dump at every step of a dump; returns the names of the steps. */
  private Set<String> failAtEveryStep(DumpAccount account) throws IOException {
    Set<String> kinds = new TreeSet<>();
    List<CacheEntry> entries = List.of(DumpFiles.entry("a", "second"));
    for (int step = 0; ; step++) {
      disk.failed = "";
      disk.successes = step;
      String hint = "step " + step;
      try {
        DumpFiles.write(dumps, NOON.plusSeconds(1), entries, account);
      } catch (DumpFailed e) {
        assertTrue(e.getMessage().contains("Input/output error"), hint + ": " + e);
      }
      disk.successes = Integer.MAX_VALUE;
      if (disk.failed.isEmpty()) {
        assertEquals(List.of(SECOND, FIRST), dumps.names());
        return kinds;
      }
      kinds.add(disk.failed);
      if (DumpFiles.filesIn(folder).contains(SECOND)) {
        // A copy replaces the refused link.
        assertEquals("link", disk.failed);
        assertEquals("second", DumpFiles.value(dumps, "dump.json"));
        dumps.delete(SECOND);
      }
      assertEquals(Set.of("dump.json", FIRST), DumpFiles.filesIn(folder), hint);
      assertEquals("first", DumpFiles.value(dumps, "dump.json"), hint);
      assertEquals(List.of(FIRST), dumps.names(), hint);
    }
  }

  @Test
  void anyFailedStepKeepsAnUndatedCurrentDump() throws IOException {
    for (String content : List.of(Files.readString(file), "[\"a key list\"]")) {
      for (int step = 0; ; step++) {
        for (String name : DumpFiles.filesIn(folder)) {
          Files.delete(folder.resolve(name));
        }
        Files.writeString(file, content);
        disk.failed = "";
        disk.successes = step;
        try {
          writeSecond();
        } catch (DumpFailed e) {
          assertEquals(notWritten("Input/output error"), e.getMessage());
        }
        disk.successes = Integer.MAX_VALUE;
        if (disk.failed.isEmpty()) {
          assertEquals(3, DumpFiles.filesIn(folder).size());
          break;
        }
        if (!disk.failed.equals("link")) {
          assertEquals(Set.of("dump.json"), DumpFiles.filesIn(folder), disk.failed);
          assertEquals(content, Files.readString(file), disk.failed);
        }
      }
    }
  }

  @Test
  void aFailedFirstDumpLeavesNothing() throws IOException {
    dumps.delete("dump.json");
    for (String step : List.of("write", "sync", "read", "replace", "sync folder")) {
      disk.failing = step;
      assertThrows(DumpFailed.class, this::writeSecond, step);
      disk.failing = "";
      assertEquals(Set.of(), DumpFiles.filesIn(folder), step);
      assertEquals(List.of(), dumps.names());
    }
  }

  @Test
  void everyCheckpointCanStopACommit() throws IOException {
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
      assertEquals(ended ? 2 : 3, DumpFiles.filesIn(folder).size());
      assertEquals(ended ? "first" : "second", DumpFiles.value(dumps, "dump.json"));
    }
    assertTrue(steps > 3, "too few checkpoints");
  }

  @Test
  void aDumpThatReadsBackDifferentlyFails() throws IOException {
    disk.forges = true;
    DumpFailed failed = assertThrows(DumpFailed.class, this::writeSecond);
    assertEquals(notWritten("what was written reads back as something else"), failed.getMessage());
    assertOnlyFirst();
  }

  @Test
  void withoutHardLinksDumpsAreCopied() throws IOException {
    disk.hasLinks = false;
    assertSecondSucceeds();
    assertFalse(Files.isSameFile(file, folder.resolve(SECOND)));
    dumps.delete(SECOND);
    assertOnlyFirst();
    dumps.delete("dump.json");
    assertEquals(Set.of(), DumpFiles.filesIn(folder));
  }

  @Test
  void theNextDumpCreatesARemovedFolder() throws IOException {
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
  void anAccountWithAnotherCountFailsTheDump() throws IOException {
    for (long counted : List.of(0L, 2L)) {
      DumpFailed failed = assertThrows(
          DumpFailed.class,
          () -> DumpFiles.write(
              dumps,
              NOON.plusSeconds(1),
              List.of(DumpFiles.entry("a", "second")),
              DumpFiles.account(counted)));
      assertEquals(
          notWritten("its account says %d entries, and it has 1".formatted(counted)),
          failed.getMessage());
      assertOnlyFirst();
    }
  }

  @Test
  void nothingIsWrittenAfterCommit() {
    try (DumpWriter writer = dumps.create(DumpFiles.header(NOON))) {
      writer.commit(DumpFiles.account(0), () -> {});
      assertThrows(DumpFailed.class, () -> writer.part("127.0.0.1:11211"));
      assertThrows(DumpFailed.class, () -> writer.commit(DumpFiles.account(0), () -> {}));
    }
    assertEquals(List.of(), DumpFiles.read(dumps, "dump.json"));
  }

  @Test
  void aFailedBlockFailsTheCommit() throws IOException {
    List<CacheEntry> block = Collections.nCopies(20_000, DumpFiles.entry("a", "second"));
    try (DumpWriter writer = dumps.create(DumpFiles.header(NOON.plusSeconds(1)))) {
      disk.failing = "write";
      assertEquals(
          notWritten("Input/output error"),
          assertThrows(DumpFailed.class, () -> DumpFiles.writePart(writer, block))
              .getMessage());
      disk.failing = "";
      // A part of the failed block may be in the file.
      DumpFailed failed = assertThrows(
          DumpFailed.class, () -> writer.commit(DumpFiles.account(block.size()), () -> {}));
      assertEquals(notWritten("an earlier block could not be written"), failed.getMessage());
    }
    assertOnlyFirst();
  }

  @Test
  void aFailedScratchFileLeavesNothing() throws IOException {
    try (Scratch scratch = dumps.scratch()) {
      scratch.write(new byte[10], 10);
      assertEquals(3, DumpFiles.filesIn(folder).size());
      assertThrows(DumpFailed.class, () -> scratch.read(new byte[11], 11));
      for (String step : new ArrayList<>(List.of("write", "read"))) {
        disk.failing = step;
        assertThrows(
            DumpFailed.class,
            () -> {
              scratch.write(new byte[10], 10);
              scratch.read(new byte[1], 1);
            },
            step);
      }
    }
    disk.failing = "create";
    assertThrows(DumpFailed.class, dumps::scratch);
    disk.failing = "";
    assertOnlyFirst();
  }
}

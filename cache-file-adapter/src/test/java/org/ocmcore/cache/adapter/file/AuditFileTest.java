package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.AuditUnavailable;

class AuditFileTest extends AuditFixture {
  private static final long SMALL = 2_000;

  private void expectWhole(long lines) throws IOException {
    AuditVerifier.Result result = verify();
    assertEquals(Optional.empty(), result.damage());
    assertEquals(lines, result.lines());
  }

  private String lastLine() throws IOException {
    List<String> lines = lines();
    return lines.get(lines.size() - 1);
  }

  private void expectUnavailable(AuditFile log, String reason) {
    AuditUnavailable refused = assertThrows(AuditUnavailable.class, log::requireWritable);
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertFalse(refused.getMessage().contains(folder.toString()), refused.getMessage());
  }

  @Test
  void aLogIsContinuedAfterAStart() throws IOException {
    write(3);
    write(2);
    expectWhole(7);
    assertTrue(lines().get(4).contains("\"operation\":\"log-opened\""));
    assertEquals(List.of(), events.all);
  }

  @Test
  void fullFilesArePutAsideAndTheOldestRemoved() throws IOException {
    try (AuditFile log = open(SMALL, 2)) {
      for (int i = 0; i < 50; i++) {
        log.record(entry("key 'k" + i + "'"));
        assertTrue(Files.size(file()) <= SMALL);
      }
    }
    List<Path> files = AuditVerifier.filesOf(file());
    assertEquals(3, files.size());
    AuditVerifier.Result result = verify();
    assertEquals(Optional.empty(), result.damage());
    assertTrue(result.first() > 1);
    String first = lines().get(0);
    assertTrue(first.contains("\"message\":\"continues " + files.get(1).getFileName()), first);
    assertTrue(files.get(1).getFileName().toString().matches("audit\\.log\\.\\d{12}"));
    Files.delete(files.get(1));
    assertTrue(verify().damage().orElseThrow().contains("instead of"));
  }

  @Test
  void everyControlCharacterIsEscaped() throws IOException {
    try (AuditFile log = open()) {
      log.record(entry("\u0000\u001b\u007f\u009b"));
    }
    expectWhole(2);
    assertTrue(lastLine().contains("\\u0000\\u001B\\u007f\\u009B"), lastLine());
  }

  @Test
  void anEntryHasTheIdOfItsRequest() throws IOException {
    try (AuditFile log = open()) {
      log.record(entry("k").ofRequest("my-id"));
    }
    expectWhole(2);
    assertTrue(lastLine().contains("\"request_id\":\"my-id\",\"prev\":"), lastLine());
  }

  @Test
  void allFullFilesStayIfThatIsSet() throws IOException {
    try (AuditFile log = open(SMALL, 0)) {
      for (int i = 0; i < 50; i++) {
        log.record(entry("k"));
      }
    }
    assertEquals(1, verify().first());
    assertTrue(AuditVerifier.filesOf(file()).size() > 5);
  }

  @Test
  void aStartAfterAnInterruptedRotationContinues() throws IOException {
    write(3);
    Files.move(file(), file().resolveSibling("audit.log.000000000001"));
    write(1);
    expectWhole(6);
  }

  @Test
  void aCutLineIsReportedAndItsTextKept() throws IOException {
    write(3);
    Files.writeString(file(), "{\"n\":5,\"half", StandardOpenOption.APPEND);
    assertTrue(verify().damage().orElseThrow().contains("it is cut"));
    write(0);
    expectWhole(5);
    assertTrue(lastLine().contains("\"operation\":\"log-repaired\""), lastLine());
    assertTrue(lastLine().contains("{\\\"n\\\":5,\\\"half"), lastLine());
    assertEquals(1, events.all.size());
  }

  @Test
  void aDamagedEndIsNotContinued() throws IOException {
    write(3);
    List<String> lines = new ArrayList<>(lines());
    lines.set(3, lines.get(3).replace("anna", "otto"));
    rewrite(lines);
    AuditUnavailable refused = assertThrows(AuditUnavailable.class, this::open);
    assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains("cache audit verify"), refused.getMessage());
  }

  @Test
  void aFullDiskRefusesChangesAndLosesNothing() throws IOException {
    try (AuditFile log = open()) {
      log.record(entry("before"));
      disk.isFull = true;
      log.record(entry("while full"));
      expectUnavailable(log, "No space left on device");
      expectWhole(2);
      disk.isFull = false;
      log.requireWritable();
      expectWhole(3);
      assertTrue(lastLine().contains("while full"));
      assertEquals("recovered", events.all.get(events.all.size() - 1));
      disk.usable = AuditFile.RESERVE - 1;
      expectUnavailable(log, "the disk has less than");
    }
  }

  @Test
  void entriesBeyondTheMostAreCounted() throws IOException {
    try (AuditFile log = open()) {
      disk.isFull = true;
      for (int i = 0; i < AuditFile.MAX_HELD + 5; i++) {
        log.record(entry("k"));
      }
      disk.isFull = false;
      log.requireWritable();
    }
    expectWhole(1 + AuditFile.MAX_HELD + 1);
    assertTrue(lastLine().contains("5 entries are lost"), lastLine());
  }

  /** Not each entry is of a change, which needs a log that can be written. */
  @Test
  void aFullMemoryLosesNothingOnceTheFileCanBeWritten() throws IOException {
    try (AuditFile log = open()) {
      disk.isFull = true;
      for (int i = 0; i < AuditFile.MAX_HELD + 5; i++) {
        log.record(entry("k"));
      }
      disk.isFull = false;
      log.record(entry("later"));
      assertTrue(lastLine().contains("later"), lastLine());
    }
    expectWhole(1 + AuditFile.MAX_HELD + 1 + 1);
    assertTrue(lines().get(1 + AuditFile.MAX_HELD).contains("5 entries are lost"));
  }

  @Test
  void whatIsHeldIsWrittenAtTheEnd() throws IOException {
    try (AuditFile log = open()) {
      disk.isFull = true;
      log.record(entry("held"));
      disk.isFull = false;
    }
    expectWhole(2);
    assertTrue(lastLine().contains("held"), lastLine());
  }

  @Test
  void whatCannotBeWrittenAtTheEndIsLostAloud() {
    try (AuditFile log = open()) {
      disk.isFull = true;
      log.record(entry("held"));
    }
    assertTrue(events.all.get(events.all.size() - 1).startsWith("lost: "), events.all.toString());
  }

  @Test
  void linesRemovedBeforeTheFirstOfAFullFileAreFound() throws IOException {
    try (AuditFile log = open(SMALL, 0)) {
      for (int i = 0; i < 20; i++) {
        log.record(entry("key 'k" + i + "'"));
      }
    }
    Path oldest = AuditVerifier.filesOf(file()).get(0);
    List<String> lines = Files.readAllLines(oldest);
    Files.write(oldest, lines.subList(2, lines.size()));
    assertTrue(
        verify().damage().orElseThrow().contains("number 3, but the name of the file says 1"));
    Files.write(oldest, List.of());
    assertTrue(verify().damage().orElseThrow().contains("this one is empty"));
  }

  @Test
  void withoutItsFolderTheLogIsUnavailable() throws IOException {
    try (AuditFile log = open()) {
      Path moved = folder.resolve("moved");
      Files.move(file().getParent(), moved);
      expectUnavailable(log, "the file or its folder is gone");
      log.record(entry("meanwhile"));
      assertFalse(Files.exists(file().getParent()));
      Files.move(moved, file().getParent());
      log.requireWritable();
    }
    expectWhole(2);
  }

  @Test
  void aRemovedFileIsReported() throws IOException {
    try (AuditFile log = open()) {
      Files.delete(file());
      log.requireWritable();
      log.record(entry("after"));
    }
    assertTrue(lines().get(0).contains("the file that ended with line 1 is gone"));
    assertEquals(2, verify().first());
    expectWhole(2);
  }

  @Test
  void anotherFileInItsPlaceIsNotWritten() throws IOException {
    try (AuditFile log = open()) {
      Files.move(file(), file().resolveSibling("old"));
      Files.writeString(file(), "mine");
      expectUnavailable(log, "another file has taken its place");
      log.record(entry("k"));
      assertEquals("mine", Files.readString(file()));
    }
  }

  @Test
  void aFileChangedByOthersIsReported() throws IOException {
    try (AuditFile log = open()) {
      Files.writeString(file(), "");
      log.record(entry("k"));
      assertTrue(lines().get(0).contains("it has 0 bytes instead of"), lines().get(0));
      Files.writeString(file(), "half", StandardOpenOption.APPEND);
      log.record(entry("k"));
    }
    assertTrue(verify().damage().orElseThrow().startsWith("line 3 of"));
  }

  @Test
  void oneProcessWritesAtATime() {
    try (AuditFile log = open()) {
      AuditUnavailable refused = assertThrows(AuditUnavailable.class, this::open);
      assertTrue(refused.getMessage().contains("in use by another service"), refused.getMessage());
      log.requireWritable();
    }
    open().close();
  }

  @Test
  void aLinkIsRefused() throws IOException {
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), Files.createFile(folder.resolve("target")));
    AuditUnavailable refused = assertThrows(AuditUnavailable.class, this::open);
    assertTrue(refused.getMessage().contains("is not a file"), refused.getMessage());
  }

  @Test
  void theUmaskOpensNoFileToOthers() throws Exception {
    Process process = new ProcessBuilder(
            "sh",
            "-c",
            "umask 000 && exec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AuditOnce.class.getName(),
            file().toString())
        .inheritIO()
        .start();
    assertEquals(0, process.waitFor());
    assertEquals(
        PosixFilePermissions.fromString("rwx------"),
        Files.getPosixFilePermissions(file().getParent()));
    try (Stream<Path> files = Files.list(file().getParent())) {
      for (Path file : files.toList()) {
        assertEquals(
            PosixFilePermissions.fromString("rw-------"),
            Files.getPosixFilePermissions(file),
            file.toString());
      }
    }
    assertTrue(AuditVerifier.filesOf(file()).size() > 2);
  }

  @Test
  void manyThreadsWriteOneChain() throws Exception {
    int threads = 32;
    CountDownLatch begin = new CountDownLatch(1);
    try (AuditFile log = open(20_000, 0)) {
      List<Thread> all = Stream.generate(() -> new Thread(() -> {
            try {
              begin.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            // An interrupted thread must not close the file.
            Thread.currentThread().interrupt();
            for (int i = 0; i < 50; i++) {
              log.requireWritable();
              log.record(entry("key 'k" + i + "'"));
            }
          }))
          .limit(threads)
          .toList();
      all.forEach(Thread::start);
      begin.countDown();
      for (Thread thread : all) {
        thread.join();
      }
    }
    AuditVerifier.Result result = verify();
    assertEquals(Optional.empty(), result.damage());
    long notes = AuditVerifier.filesOf(file()).size();
    assertEquals(threads * 50 + notes, result.lines());
    assertEquals(List.of(), events.all);
  }
}

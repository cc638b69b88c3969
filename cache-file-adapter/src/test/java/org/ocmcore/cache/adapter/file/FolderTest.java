package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;

/** Which files are ours, what they are called, and what happens to others. */
final class FolderTest {
  private static final String FIRST = "dump-20260102T120000.000Z.json";

  @TempDir
  private Path folder;

  private void assertRefused(String reason, Path file) {
    DumpFailed failed = assertThrows(DumpFailed.class, () -> new FileDumps(file));
    assertEquals(reason, failed.getMessage());
  }

  private void touch(String name) throws IOException {
    Files.writeString(folder.resolve(name), "foreign");
  }

  @Test
  void theFolderIsMade() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("a/b/dump.json"));
    assertEquals(Set.of(), DumpFiles.filesIn(folder.resolve("a/b")));
    DumpFiles.write(dumps, NOON, "first");
    assertEquals(Set.of("dump.json", FIRST), DumpFiles.filesIn(folder.resolve("a/b")));
  }

  @Test
  void theFolderMayBeASymbolicLink() throws IOException {
    Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
    DumpFiles.write(new FileDumps(folder.resolve("link/dump.json")), NOON, "first");
    assertEquals(Set.of("dump.json", FIRST), DumpFiles.filesIn(folder.resolve("real")));
  }

  @Test
  void aRelativePathNeedsNoFolder() throws IOException, InterruptedException {
    assertEquals("written", DumpOnce.run(folder, "exec \"$@\"", Path.of("dump.json"), "10"));
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    assertEquals(Set.of("dump.json", dumps.names().get(0)), DumpFiles.filesIn(folder));
    assertEquals("x".repeat(10), DumpFiles.value(dumps, "dump.json"));
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws IOException {
    touch("file");
    Path file = folder.resolve("file");
    assertRefused(
        "the folder '%s' cannot be made or written: another file is in the way".formatted(file),
        file.resolve("dump.json"));
    assertRefused(
        "the folder '%s/data' cannot be made or written: Not a directory".formatted(file),
        file.resolve("data/dump.json"));
  }

  @Test
  void aCurrentDumpThatIsNoFileIsRefused() throws IOException {
    assertRefused("'/dev/null' is there and is not a file", Path.of("/dev/null"));
    assertRefused("'%s' is there and is not a file".formatted(folder), folder);
    Files.createSymbolicLink(folder.resolve("dangling.json"), Path.of("nowhere"));
    assertRefused(
        "'%s/dangling.json' is a symbolic link; name the file that it leads to".formatted(folder),
        folder.resolve("dangling.json"));
    assertRefused("'/' is not the name of a file", Path.of("/"));
    assertRefused("'' is not the name of a file", Path.of(""));
  }

  @Test
  void aDumpIsForItsOwnerOnly() throws IOException {
    DumpFiles.write(new FileDumps(folder.resolve("dump.json")), NOON, "first");
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(folder.resolve("dump.json")));
  }

  @Test
  void dumpsAreNamedAfterTheirMoment() {
    FileDumps dumps = new FileDumps(folder.resolve("cache_dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    DumpFiles.write(dumps, NOON.plusMillis(2), "second");
    DumpFiles.write(dumps, NOON.plusNanos(2_999_999), "third");
    DumpFiles.write(dumps, NOON.plusSeconds(9), "fourth");
    assertEquals(
        List.of(
            "cache_dump-20260102T120009.000Z.json",
            "cache_dump-20260102T120000.002Z-1.json",
            "cache_dump-20260102T120000.002Z.json",
            "cache_dump-20260102T120000.000Z.json"),
        dumps.names());
    assertEquals(
        List.of("fourth", "third", "second", "first"),
        dumps.names().stream().map(name -> DumpFiles.value(dumps, name)).toList());
  }

  @Test
  void aCurrentDumpWithoutAnotherNameIsOlderThanTheNextWhateverTheClockSays() throws IOException {
    for (int seconds : List.of(0, -900)) {
      FileDumps dumps = new FileDumps(folder.resolve(seconds + "/dump.json"));
      Files.delete(
          folder.resolve(seconds + "/" + DumpFiles.write(dumps, NOON, "first").name()));
      assertEquals(List.of("dump.json"), dumps.names());
      DumpFiles.write(dumps, NOON.plusSeconds(seconds), "second");
      assertEquals(List.of("dump-20260102T120000.000Z-1.json", FIRST), dumps.names());
      assertEquals("second", DumpFiles.value(dumps, "dump.json"));
      assertEquals("first", DumpFiles.value(dumps, FIRST));
    }
  }

  @Test
  void aRepeatedMomentIsNumberedAboveAllThatAreThere() {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    for (int i = 0; i < 12; i++) {
      DumpFiles.write(dumps, NOON, Integer.toString(i));
    }
    dumps.delete(FIRST);
    dumps.delete("dump-20260102T120000.000Z-4.json");
    DumpFiles.write(dumps, NOON, "12");
    assertEquals(
        List.of("12", "11", "10", "9", "8", "7", "6", "5", "3", "2", "1"),
        dumps.names().stream().map(name -> DumpFiles.value(dumps, name)).toList());
  }

  @Test
  void namesWithoutOrWithManyDotsWork() {
    for (String name :
        List.of("dump", ".dump", "my.dump.v1.json", "a+b(c)[d]-e.json", "дамп.json")) {
      FileDumps dumps = new FileDumps(folder.resolve(name).resolve(name));
      DumpFiles.write(dumps, NOON, "first");
      DumpFiles.write(dumps, NOON, "second");
      assertEquals("first", DumpFiles.value(dumps, dumps.names().get(1)));
    }
  }

  @Test
  void onlyExactNamesAreOurs() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    for (String name : List.of(
        "dump-20260102T120000.000Z.json.bak",
        "xdump-20260102T120000.000Z.json",
        "dump-20260102T120000.000Zxjson",
        "dump-20260102T120000Z.json",
        "dump-20261302T120000.000Z.json",
        "dump-20260230T120000.000Z.json",
        "dump-20260102T120000.000Z-0.json",
        "dump-20260102T120000.000Z-01.json",
        "dump-20260102T120000.000Z-9999999999.json",
        "dump-foreign-20260102T120000.000Z.json",
        "DUMP.json")) {
      touch(name);
      dumps.delete(name);
      assertThrows(DumpNotFound.class, () -> dumps.open(name), name);
      assertTrue(Files.exists(folder.resolve(name)), name);
    }
    Files.createDirectory(folder.resolve("dump-20260102T120000.000Z-7.json"));
    assertEquals(List.of(FIRST), dumps.names());
    DumpFiles.write(dumps, NOON, "second");
    assertEquals(List.of("dump-20260102T120000.000Z-8.json", FIRST), dumps.names());
  }

  @Test
  void aSymbolicLinkUnderADatedNameIsNoDump() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    String name = "dump-20260101T120000.000Z.json";
    Files.createSymbolicLink(folder.resolve(name), folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "second");
    assertEquals(List.of("dump-20260102T120000.000Z-1.json", FIRST), dumps.names());
    assertThrows(DumpNotFound.class, () -> dumps.open(name));
    dumps.delete(name);
    assertTrue(Files.isSymbolicLink(folder.resolve(name)));
  }

  @Test
  void aSymbolicLinkAsCurrentDumpIsRefused() throws IOException {
    DumpFiles.write(new FileDumps(folder.resolve("other.json")), NOON, "other");
    Files.createSymbolicLink(folder.resolve("dump.json"), folder.resolve("other.json"));
    assertRefused(
        "'%s/dump.json' is a symbolic link; name the file that it leads to".formatted(folder),
        folder.resolve("dump.json"));
  }

  @Test
  void aSymbolicLinkThatAppearsIsNotServed() throws IOException {
    DumpFiles.write(new FileDumps(folder.resolve("other.json")), NOON, "other");
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    for (String target : List.of("other.json", FIRST)) {
      Files.delete(folder.resolve("dump.json"));
      Files.createSymbolicLink(folder.resolve("dump.json"), folder.resolve(target));
      assertEquals(List.of(FIRST), dumps.names());
      for (Executable reading : List.<Executable>of(
          () -> dumps.open("dump.json"),
          () -> dumps.salvage("dump.json"),
          () -> dumps.describe("dump.json"),
          () -> dumps.bytes("dump.json"))) {
        assertThrows(DumpNotFound.class, reading);
      }
      assertThrows(DumpFailed.class, () -> DumpFiles.write(dumps, NOON, "second"));
      assertTrue(Files.isSymbolicLink(folder.resolve("dump.json")));
    }
  }

  @Test
  void aSymbolicLinkIsNotFollowedWhenOpened() throws IOException {
    touch("secret");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("secret"));
    assertThrows(IOException.class, () -> new LocalDisk().open(link));
  }

  @Test
  void temporaryFilesOfKilledProcessesAreRemovedAndNoOthers() throws IOException {
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    Set<String> others = new TreeSet<>(Set.of(
        ".dump.json." + alive + "-0123456789abcdef.tmp",
        ".dump.json.1-0123456789ABCDEF.tmp",
        ".dump.json.1-0123456789abcde.tmp",
        ".dump.json.x-0123456789abcdef.tmp",
        ".dump.json.1-0123456789abcdef.tmp.bak",
        ".other.json.1-0123456789abcdef.tmp",
        "dump.json.1-0123456789abcdef.tmp",
        "dump.tmp"));
    for (String name : others) {
      touch(name);
    }
    touch(".dump.json." + ProcessHandle.current().pid() + "-0123456789abcdef.tmp");
    touch(".dump.json.99999999-0123456789abcdef.tmp");
    touch(".dump.json.99999999999999999999-0123456789abcdef.tmp");
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    assertEquals(others, DumpFiles.filesIn(folder));
    DumpFiles.write(dumps, NOON, "first");
    others.add("dump.json");
    others.add(FIRST);
    assertEquals(others, DumpFiles.filesIn(folder));
  }

  @Test
  void aForeignFileUnderTheCurrentNameIsKeptAside() throws IOException {
    Path file = folder.resolve("dump.json");
    FileDumps dumps = new FileDumps(file);
    for (String content : List.of("[\"app:1\",\"app:2\"]", "")) {
      dumps.delete("dump.json");
      Files.writeString(file, content);
      Files.setLastModifiedTime(file, FileTime.from(NOON));
      assertEquals(List.of("dump.json"), dumps.names());
      assertThrows(DumpUnusable.class, () -> dumps.open("dump.json"));
      assertThrows(DumpFailed.class, () -> dumps.delete("dump.json"));
      assertFalse(dumps.describe("dump.json").valid());
      DumpFiles.write(dumps, NOON, "first");
      assertEquals(List.of(FIRST), dumps.names());
    }
    assertEquals(
        "[\"app:1\",\"app:2\"]",
        Files.readString(folder.resolve("dump-foreign-20260102T120000.000Z.json")));
    assertEquals("", Files.readString(folder.resolve("dump-foreign-20260102T120000.000Z-1.json")));
    assertThrows(DumpNotFound.class, () -> dumps.open("dump-foreign-20260102T120000.000Z.json"));
  }

  @Test
  void aDamagedDumpIsKeptAsAnOlderOne() throws IOException {
    Path file = folder.resolve("dump.json");
    FileDumps dumps = new FileDumps(file);
    Files.writeString(file, DumpFiles.HEADER + "\n");
    DumpFiles.write(dumps, NOON.plusSeconds(1), "second");
    assertEquals(List.of("dump-20260102T120001.000Z.json", FIRST), dumps.names());
    assertFalse(dumps.describe("dump-20260102T120000.000Z.json").valid());
  }

  @Test
  void aDamagedDumpWithoutAReadableTimeIsKeptUnderTheTimeOfItsFile() throws IOException {
    Path file = folder.resolve("dump.json");
    FileDumps dumps = new FileDumps(file);
    Files.writeString(file, "{\"format\":\"cache-app-dump\",#");
    Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(5)));
    DumpFiles.write(dumps, NOON.plusSeconds(9), "second");
    assertEquals(
        List.of("dump-20260102T120009.000Z.json", "dump-20260102T120005.000Z.json"), dumps.names());
  }

  @Test
  void theCurrentNameIsALinkOfTheNewestGoodDump() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    String second = DumpFiles.write(dumps, NOON.plusSeconds(1), "second").name();
    DumpFiles.write(
        dumps,
        NOON.plusSeconds(2),
        List.of(DumpFiles.entry("a", "partial")),
        DumpFiles.partialAccount(1));
    assertTrue(Files.isSameFile(folder.resolve("dump.json"), folder.resolve(second)));
    assertEquals(3, dumps.names().size());
  }

  @Test
  void theCurrentNameGoesToTheNextGoodDumpWhenTheNewestIsDeleted() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    String damaged = DumpFiles.write(dumps, NOON.plusSeconds(1), "damaged").name();
    Files.writeString(folder.resolve(damaged), "x");
    String newest = DumpFiles.write(dumps, NOON.plusSeconds(2), "newest").name();
    dumps.delete(newest);
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
    dumps.delete("dump.json");
    assertEquals(List.of(damaged), dumps.names());
    assertEquals(Set.of(damaged), DumpFiles.filesIn(folder));
  }

  @Test
  void twoDumpsOfOneMomentAndSizeAreNotTakenForCopies() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    String large = "x".repeat(2 * DumpFormat.CHUNK);
    DumpFiles.write(dumps, NOON, large + "1" + large);
    DumpFiles.write(dumps, NOON, large + "2" + large);
    assertEquals(2, dumps.names().size());
    dumps.delete("dump.json");
    assertEquals(List.of(FIRST), dumps.names());
    assertEquals(large + "1" + large, DumpFiles.value(dumps, "dump.json"));
  }

  @Test
  void theNextStartGivesTheCurrentNameToADumpThatALostProcessFinished() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    String second = DumpFiles.write(dumps, NOON.plusSeconds(1), "second").name();
    Files.delete(folder.resolve("dump.json"));
    Files.createLink(folder.resolve("dump.json"), folder.resolve(FIRST));
    DumpFiles.write(
        dumps,
        NOON.plusSeconds(3),
        List.of(DumpFiles.entry("a", "partial")),
        DumpFiles.partialAccount(1));
    Files.writeString(folder.resolve("dump-20260102T120005.000Z.json"), "damaged");
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
    FileDumps next = new FileDumps(folder.resolve("dump.json"));
    assertEquals("second", DumpFiles.value(next, "dump.json"));
    assertTrue(Files.isSameFile(folder.resolve("dump.json"), folder.resolve(second)));
  }

  @Test
  void theNextStartLeavesAForeignFileUnderTheCurrentName() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    Files.delete(folder.resolve("dump.json"));
    touch("dump.json");
    new FileDumps(folder.resolve("dump.json"));
    assertEquals("foreign", Files.readString(folder.resolve("dump.json")));
  }

  @Test
  void whatIsWrittenAfterTheClockWasSetBackIsStillTheNewest() {
    Path file = folder.resolve("dump.json");
    FileDumps dumps = new FileDumps(file);
    DumpFiles.write(dumps, NOON.plusSeconds(900), "before");
    DumpFiles.write(dumps, NOON, "after");
    List<String> names =
        List.of("dump-20260102T121500.000Z-1.json", "dump-20260102T121500.000Z.json");
    assertEquals(names, dumps.names());
    assertEquals(NOON, dumps.describe(names.get(0)).createdAt());
    for (FileDumps reader : List.of(dumps, new FileDumps(file))) {
      assertEquals("after", DumpFiles.value(reader, "dump.json"));
    }
    dumps.delete(names.get(0));
    assertEquals("before", DumpFiles.value(dumps, "dump.json"));
  }
}

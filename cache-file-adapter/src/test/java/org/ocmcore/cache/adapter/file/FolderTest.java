package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;

/** Which files of the folder are dumps, and how they are named. */
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
  void theFolderIsCreated() throws IOException {
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
  void aFileAsFolderIsRejected() throws IOException {
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
  void aCurrentDumpMustBeARegularFile() throws IOException {
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
  void onlyTheOwnerMayReadADump() throws IOException {
    DumpFiles.write(new FileDumps(folder.resolve("dump.json")), NOON, "first");
    assertEquals(
        PosixFilePermissions.fromString("rw-------"),
        Files.getPosixFilePermissions(folder.resolve("dump.json")));
  }

  @Test
  void theUmaskOpensNoFileToOthers() throws IOException, InterruptedException {
    for (String umask : List.of("000", "022", "077")) {
      Path file = folder.resolve(umask).resolve("dump.json");
      String command = "umask " + umask + " && exec \"$@\"";
      assertEquals("written", DumpOnce.run(folder, command, file, "10", "-Dlock=true"));
      assertEquals(
          PosixFilePermissions.fromString("rwx------"),
          Files.getPosixFilePermissions(file.getParent()));
      Set<String> files = DumpFiles.filesIn(file.getParent());
      assertTrue(files.containsAll(Set.of(".dump.json.lock", "dump.json")), files.toString());
      for (String name : files) {
        assertEquals(
            PosixFilePermissions.fromString("rw-------"),
            Files.getPosixFilePermissions(file.resolveSibling(name)),
            name + " with umask " + umask);
      }
    }
  }

  @Test
  void onlyTheOwnerMayEnterFoldersThatWereCreated() throws IOException {
    DumpFiles.write(new FileDumps(folder.resolve("a/b/dump.json")), NOON, "first");
    DumpLock.acquire(folder.resolve("c/dump.json")).close();
    for (String created : List.of("a", "a/b", "c")) {
      assertEquals(
          PosixFilePermissions.fromString("rwx------"),
          Files.getPosixFilePermissions(folder.resolve(created)),
          created);
    }
  }

  @Test
  void dumpsAreNamedAfterTheirTime() {
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
  void aRepeatedTimeGetsTheNextNumber() {
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
  void namesMayHaveAnyNumberOfDots() {
    for (String name :
        List.of("dump", ".dump", "my.dump.v1.json", "a+b(c)[d]-e.json", "дамп.json")) {
      FileDumps dumps = new FileDumps(folder.resolve(name).resolve(name));
      DumpFiles.write(dumps, NOON, "first");
      DumpFiles.write(dumps, NOON, "second");
      assertEquals("first", DumpFiles.value(dumps, dumps.names().get(1)));
    }
  }

  @Test
  void onlyExactNamesAreDumps() throws IOException {
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
  void symbolicLinksWithDatedNamesAreNoDumps() throws IOException {
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
  void aSymbolicLinkAsCurrentDumpIsRejected() throws IOException {
    DumpFiles.write(new FileDumps(folder.resolve("other.json")), NOON, "other");
    Files.createSymbolicLink(folder.resolve("dump.json"), folder.resolve("other.json"));
    assertRefused(
        "'%s/dump.json' is a symbolic link; name the file that it leads to".formatted(folder),
        folder.resolve("dump.json"));
  }

  @Test
  void aSymbolicLinkThatAppearsLaterIsIgnored() throws IOException {
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
  void openingDoesNotFollowSymbolicLinks() throws IOException {
    touch("secret");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("secret"));
    assertThrows(IOException.class, () -> new LocalDisk().open(link));
  }

  @Test
  void onlyTemporaryFilesOfKilledProcessesAreRemoved() throws IOException {
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
}

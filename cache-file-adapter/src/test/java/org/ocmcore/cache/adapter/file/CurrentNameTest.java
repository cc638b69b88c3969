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
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.DumpUnusable;

/** Which dump has the current name, and what happens to the file that had it. */
final class CurrentNameTest {
  private static final String FIRST = "dump-20260102T120000.000Z.json";

  @TempDir
  private Path folder;

  @Test
  void aForeignCurrentFileIsKept() throws IOException {
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
  void aDamagedCurrentDumpIsKeptAsOlder() throws IOException {
    Path file = folder.resolve("dump.json");
    FileDumps dumps = new FileDumps(file);
    Files.writeString(file, DumpFiles.HEADER + "\n");
    DumpFiles.write(dumps, NOON.plusSeconds(1), "second");
    assertEquals(List.of("dump-20260102T120001.000Z.json", FIRST), dumps.names());
    assertFalse(dumps.describe("dump-20260102T120000.000Z.json").valid());
  }

  @Test
  void withoutHeaderTheFileTimeCounts() throws IOException {
    Path file = folder.resolve("dump.json");
    FileDumps dumps = new FileDumps(file);
    Files.writeString(file, "{\"format\":\"cache-app-dump\",#");
    Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(5)));
    DumpFiles.write(dumps, NOON.plusSeconds(9), "second");
    assertEquals(
        List.of("dump-20260102T120009.000Z.json", "dump-20260102T120005.000Z.json"), dumps.names());
  }

  @Test
  void theNewestCompleteDumpIsCurrent() throws IOException {
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
  void deletingTheNewestPassesTheCurrentNameOn() throws IOException {
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
  void sameTimeAndSizeMakeNoCopy() throws IOException {
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
  void theNextStartFinishesAnInterruptedPublish() throws IOException {
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
  void theNextStartKeepsAForeignCurrentFile() throws IOException {
    FileDumps dumps = new FileDumps(folder.resolve("dump.json"));
    DumpFiles.write(dumps, NOON, "first");
    Files.delete(folder.resolve("dump.json"));
    Files.writeString(folder.resolve("dump.json"), "foreign");
    new FileDumps(folder.resolve("dump.json"));
    assertEquals("foreign", Files.readString(folder.resolve("dump.json")));
  }

  @Test
  void dumpsStayOrderedWhenTheClockGoesBack() {
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

  @Test
  void anUndatedCurrentDumpCountsAsOlder() throws IOException {
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
}

package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpFailed;

class DumpLockTest {
  @TempDir
  private Path folder;

  @Test
  void aLockedFileIsRefusedUntilItIsReleased() {
    Path file = folder.resolve("new/dump.json");
    DumpLock first = DumpLock.acquire(file);
    DumpFailed refused =
        assertThrows(DumpFailed.class, () -> DumpLock.acquire(file).close());
    assertTrue(refused.getMessage().contains("set CACHE_DUMP_FILE"), refused.getMessage());
    assertThrows(DumpFailed.class, () -> DumpLock.requireFree(file));
    DumpLock.acquire(folder.resolve("new/other.json")).close();
    assertEquals(List.of(), new FileDumps(file).names());
    first.close();
    DumpLock.requireFree(file);
    DumpLock.acquire(file).close();
    assertTrue(Files.exists(folder.resolve("new/.dump.json.lock")));
  }

  @Test
  void askingForALockLeavesNoTrace() {
    DumpLock.requireFree(folder.resolve("new/dump.json"));
    assertFalse(Files.exists(folder.resolve("new")));
  }

  @Test
  void aSymbolicLinkIsNoLockFile() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "kept");
    Files.createSymbolicLink(folder.resolve(".dump.json.lock"), target);
    DumpFailed refused = assertThrows(
        DumpFailed.class, () -> DumpLock.acquire(folder.resolve("dump.json")).close());
    assertTrue(refused.getMessage().contains(".dump.json.lock"), refused.getMessage());
  }

  @Test
  void anUnusableFolderIsNamed() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    DumpFailed refused = assertThrows(
        DumpFailed.class,
        () -> DumpLock.acquire(folder.resolve("file/dump.json")).close());
    assertTrue(refused.getMessage().contains("cannot be made or written"), refused.getMessage());
  }
}

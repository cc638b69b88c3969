package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFileTest {
  @TempDir
  private Path folder;

  private static InputStream bytes() {
    return new ByteArrayInputStream(new byte[] {1, 2, 3});
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    Path file = folder.resolve("a");
    assertEquals(3, new SavedFile(file, false).write(bytes()));
    assertEquals(3, Files.size(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void anotherFileIsReplacedOnlyIfThatIsWanted() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    WrongUsage refused = assertThrows(WrongUsage.class, () -> new SavedFile(file, false));
    assertTrue(refused.getMessage().contains("give --force"), refused.getMessage());
    new SavedFile(file, true).write(bytes());
    assertEquals(List.of("a"), names());
    assertEquals(3, Files.size(file));
  }

  @Test
  void nothingButAnOrdinaryFileIsReplaced() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "old");
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    for (Path special : List.of(
        pipe,
        Files.createDirectory(folder.resolve("folder")),
        Files.createSymbolicLink(folder.resolve("link"), other),
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none")))) {
      WrongUsage refused =
          assertThrows(WrongUsage.class, () -> new SavedFile(special, true), special::toString);
      assertTrue(refused.getMessage().contains("no ordinary file"), refused.getMessage());
    }
    assertEquals(List.of("dangling", "folder", "link", "other", "pipe"), names());
  }

  @Test
  void aFileThatBreaksOffLeavesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    InputStream broken = new InputStream() {
      private int left = 100;

      @Override
      public int read() throws IOException {
        // It stays broken: who reads many bytes at once first hides it behind those before it.
        if (left == 0) {
          throw new IOException("cut");
        }
        left--;
        return 7;
      }
    };
    SavedFile saved = new SavedFile(file, true);
    assertThrows(IOException.class, () -> saved.write(broken));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a"), names());
    assertFalse(assertThrows(IOException.class, () -> new SavedFile(folder.resolve("no/a"), false))
        .getMessage()
        .isEmpty());
  }
}

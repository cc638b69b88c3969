package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpFailed;

final class SymbolicLinksTest {
  private static final String REMEDY = "set LINKS=true";

  @TempDir
  private Path folder;

  private Path link(String name, String target) throws IOException {
    return Files.createSymbolicLink(folder.resolve(name), Path.of(target));
  }

  @Test
  void aLinkIsRefusedWithARemedy() throws IOException {
    Path link = link("dump.json", "elsewhere/other.json");
    DumpFailed refused =
        assertThrows(DumpFailed.class, () -> SymbolicLinks.REFUSED.resolve(link, REMEDY));
    assertEquals(
        "'%s' is a symbolic link; name the file that it leads to, or set LINKS=true"
            .formatted(link),
        refused.getMessage());
  }

  @Test
  void aFollowedLinkStays() throws IOException {
    link("first.json", "second.json");
    Path link = link("dump.json", "first.json");
    Path target = Files.createDirectory(folder.resolve("real")).resolve("dump.json");
    link("second.json", target.toString());
    Path resolved = SymbolicLinks.FOLLOWED.resolve(link, REMEDY);
    assertEquals(target, resolved);
    for (String value : new String[] {"first", "second"}) {
      DumpFiles.write(new FileDumps(resolved), NOON, value);
      assertEquals(value, DumpFiles.value(new FileDumps(resolved), "dump.json"));
    }
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Files.isSymbolicLink(target));
  }

  @Test
  void otherPathsStayAsTheyAre() throws IOException {
    Files.createDirectory(folder.resolve("real"));
    link("linked", "real");
    for (SymbolicLinks links : SymbolicLinks.values()) {
      for (Path file : new Path[] {folder.resolve("linked/dump.json"), Path.of("dump.json")}) {
        assertEquals(file, links.resolve(file, REMEDY));
      }
    }
  }

  @Test
  void aCircleIsRefused() throws IOException {
    link("a", "b");
    Path link = link("b", "a");
    DumpFailed refused =
        assertThrows(DumpFailed.class, () -> SymbolicLinks.FOLLOWED.resolve(link, REMEDY));
    assertTrue(refused.getMessage().contains("leads in a circle"), refused.getMessage());
  }
}

package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.error.DumpFailed;

/** A named pipe in the place of a file, which nobody writes or reads: to open it takes for ever. */
@Timeout(30)
class PipesTest {
  @TempDir
  private Path folder;

  private Path pipe;

  @BeforeEach
  void make() throws Exception {
    pipe = pipe("dump.json");
  }

  private Path pipe(String name) throws Exception {
    Path made = folder.resolve(name);
    assertEquals(0, new ProcessBuilder("mkfifo", made.toString()).start().waitFor());
    return made;
  }

  private static void assertSaysWhy(Exception refused) {
    assertTrue(refused.getMessage().contains("a pipe or a device"), refused.getMessage());
  }

  @Test
  void noDumpIsReadFromAPipe() {
    assertSaysWhy(assertThrows(Exception.class, () -> new LocalDisk().open(pipe).close()));
    assertSaysWhy(assertThrows(Exception.class, () -> FileFormat.detect(pipe)));
    assertSaysWhy(assertThrows(Exception.class, () -> PlainInput.open(pipe)));
  }

  @Test
  void noLockIsAPipe() throws Exception {
    pipe(".dump.json.lock");
    assertSaysWhy(assertThrows(DumpFailed.class, () -> DumpLock.acquire(pipe).close()));
    assertSaysWhy(assertThrows(DumpFailed.class, () -> DumpLock.requireFree(pipe)));
  }

  @Test
  void noTokensAreReadFromAPipe() {
    assertSaysWhy(assertThrows(
        IllegalArgumentException.class, () -> TokenFile.open(pipe, Clock.systemUTC())));
  }
}

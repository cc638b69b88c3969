package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialsTest {
  @TempDir
  Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("users"), text);
  }

  @Test
  void theFirstLineOfTheFileCounts() throws IOException {
    Credentials credentials = Credentials.fromFile(file("app:a:b!c\nother:x\n"));
    assertEquals(new Credentials("app", "a:b!c"), credentials);
  }

  @Test
  void invalidFilesAreExplainedWithoutTheirContent() throws IOException {
    for (String text : new String[] {"", "hunter2", ":hunter2", "app:", "a b:hunter2"}) {
      Path file = file(text);
      IllegalArgumentException failure =
          assertThrows(IllegalArgumentException.class, () -> Credentials.fromFile(file), text);
      assertFalse(failure.getMessage().contains("hunter2"), failure.getMessage());
    }
    IllegalArgumentException missing = assertThrows(
        IllegalArgumentException.class, () -> Credentials.fromFile(folder.resolve("none")));
    assertEquals("there is no such file", missing.getMessage());
  }

  @Test
  void theFileOfAnythingElseIsNotReadWhole() throws IOException {
    Path endless = Path.of("/dev/zero");
    Path large = file("app:hunter2\n" + "x".repeat(100_000));
    for (Path file : new Path[] {endless, large}) {
      assertEquals(
          "it has more than 65,536 bytes, so it is another file",
          assertThrows(IllegalArgumentException.class, () -> Credentials.fromFile(file))
              .getMessage());
    }
    Path latin = Files.write(folder.resolve("users"), new byte[] {'a', ':', (byte) 0xe9});
    assertEquals(
        "it is not text in UTF-8",
        assertThrows(IllegalArgumentException.class, () -> Credentials.fromFile(latin))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''|hunter2", "a:b|hunter2", "a b|hunter2", "a|''", "a|hunter2 x"})
  void invalidUsersAndPasswordsAreRejected(String user, String password) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> new Credentials(user, password));
    assertFalse(failure.getMessage().contains("hunter2"), failure.getMessage());
  }

  @Test
  void lineEndsCannotBeSent() {
    IllegalArgumentException failure = assertThrows(
        IllegalArgumentException.class, () -> new Credentials("user", "hunter2\r\nflush_all"));
    assertTrue(failure.getMessage().startsWith("the password "), failure.getMessage());
  }
}

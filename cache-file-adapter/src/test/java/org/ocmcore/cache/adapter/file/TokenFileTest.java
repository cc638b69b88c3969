package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.access.Token;
import org.ocmcore.cache.domain.access.Tokens;
import org.ocmcore.cache.domain.testing.MutableClock;

class TokenFileTest {
  private static final String ONE = "one viewer sha256:" + Token.hash("1");
  private static final String TWO = "two viewer sha256:" + Token.hash("2");

  @TempDir
  private Path folder;

  private final MutableClock clock = new MutableClock();
  private final List<String> events = new ArrayList<>();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("tokens");
    Files.writeString(file, "# ours\n\n" + ONE + "\n");
  }

  private TokenFile open() {
    TokenFile tokens = TokenFile.open(file, clock);
    tokens.report(new TokenFile.Events() {
      @Override
      public void replaced(Path changed, Tokens now) {
        events.add("replaced " + now.all().size());
      }

      @Override
      public void kept(Path changed, String reason) {
        events.add(reason);
      }
    });
    return tokens;
  }

  private void replace(String text) throws IOException {
    Path next = folder.resolve("next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> names(TokenFile tokens) {
    return tokens.get().all().stream().map(Token::name).toList();
  }

  private List<String> namesLater(TokenFile tokens) {
    clock.advance(Duration.ofSeconds(1));
    return names(tokens);
  }

  @Test
  void aChangedFileCountsAfterASecond() throws IOException {
    TokenFile tokens = open();
    assertEquals(List.of("one"), names(tokens));
    replace(ONE + "\n" + TWO);
    assertEquals(List.of("one"), names(tokens));
    assertEquals(List.of("one", "two"), namesLater(tokens));
    assertEquals(List.of("one", "two"), namesLater(tokens));
    replace("");
    assertEquals(List.of(), namesLater(tokens));
    assertEquals(List.of("replaced 2", "replaced 0"), events);
  }

  @Test
  void aBrokenFileLeavesTheTokensAsTheyWere() throws IOException {
    TokenFile tokens = open();
    replace(TWO + "\nbroken");
    assertEquals(List.of("one"), namesLater(tokens));
    assertEquals(List.of("one"), namesLater(tokens));
    Files.delete(file);
    assertEquals(List.of("one"), namesLater(tokens));
    Files.createDirectory(file);
    assertEquals(List.of("one"), namesLater(tokens));
    Files.delete(file);
    Files.write(file, new byte[] {'#', (byte) 0xff});
    assertEquals(List.of("one"), namesLater(tokens));
    assertEquals(4, events.size(), events::toString);
    assertEquals(
        "line 2: it must be NAME ROLE sha256:HEX, and perhaps apps=a,b and expires=TIME",
        events.get(0));
    assertEquals("it cannot be read: the file or its folder is gone", events.get(1));
    assertEquals("it is not UTF-8", events.get(3));
    replace(TWO);
    assertEquals(List.of("two"), namesLater(tokens));
  }

  @Test
  void aFileThatIsBrokenAtTheStartIsAnError() throws IOException {
    Files.writeString(file, "one viewer");
    assertThrows(IllegalArgumentException.class, this::open);
    Files.delete(file);
    assertThrows(IllegalArgumentException.class, this::open);
    Files.write(file, new byte[5 * 1024 * 1024]);
    assertThrows(IllegalArgumentException.class, this::open);
  }
}

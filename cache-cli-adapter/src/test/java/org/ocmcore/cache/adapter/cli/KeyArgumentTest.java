package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.key.CacheKey;

class KeyArgumentTest {
  private final KeyArgument argument = new KeyArgument();

  private void assertReads(byte[] bytes) {
    CacheKey key = CacheKey.ofBytes(bytes);
    String shown = TerminalText.key(key);
    assertEquals(key, argument.parse(shown), shown);
    // Else it would be an option, or the standard input.
    assertFalse(shown.startsWith("-"), shown);
  }

  private void assertReads(String text) {
    assertReads(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aKeyIsReadAsListsShowIt() {
    assertReads("user:1");
    assertReads("é😀");
    assertReads("a b");
    assertReads("evil\u001b[31m\u202ekey\n");
    assertReads("\\x1b");
    assertReads("\\u001b");
    assertReads("\\x5cx1b");
    assertReads("\\x{202e}");
    assertReads("\\\\x41");
    assertReads("--all");
    assertReads("-");
    assertReads("\\x2d");
    assertReads(new byte[] {(byte) 0xff, 'a', (byte) 0xc3});
  }

  @Test
  void everyKeyIsReadAsListsShowIt() {
    Random random = new Random(5);
    String some = "-\\x{}05bcdu2\u001b\u0085\u202e\ufe0fé a";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(1 + random.nextInt(12), 0, some.length())
          .forEach(at -> text.append(some.charAt(at)));
      assertReads(text.toString());
    }
  }

  @Test
  void digitsOfEscapesMayBeCapitals() {
    for (String text : List.of("a\\x0A\\xC3\\xA9\\x{1F600}", "a\\x0a\\xc3\\xa9\\x{1f600}")) {
      assertEquals(
          CacheKey.ofBytes("a\né😀".getBytes(StandardCharsets.UTF_8)), argument.parse(text));
    }
  }

  @Test
  void aBadKeyOfManyIsCounted() {
    byte[] some = "a\n\nb\n\u00ff\n".getBytes(StandardCharsets.ISO_8859_1);
    WrongUsage refused =
        assertThrows(WrongUsage.class, () -> argument.parseAll(new ByteArrayInputStream(some)));
    assertTrue(refused.getMessage().startsWith("key 3 of standard input: "), refused.getMessage());
  }

  /** What wrote it was stopped, and the key is the beginning of another. */
  @Test
  void aKeyThatMayBeCutIsRefused() throws IOException {
    for (String cut : List.of("a:1", "a:123\na:1", "a:123\0a:1", "a:123\r\na:1", "a:1\r")) {
      ByteArrayInputStream in = new ByteArrayInputStream(cut.getBytes(StandardCharsets.UTF_8));
      WrongUsage refused = assertThrows(WrongUsage.class, () -> argument.parseAll(in), cut);
      assertTrue(refused.getMessage().contains("nothing was done"), refused.getMessage());
    }
    for (String whole : List.of("a\nb\n", "a\0b\0", "a\r\nb\r\n", "", "\n")) {
      ByteArrayInputStream in = new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8));
      assertEquals(whole.contains("a") ? 2 : 0, argument.parseAll(in).size(), whole);
    }
  }

  @Test
  void twoKeysNeverLookAlike() {
    String escape =
        TerminalText.key(CacheKey.ofBytes("amb:\u001bX".getBytes(StandardCharsets.UTF_8)));
    assertEquals("amb:\\x1bX", escape);
    assertEquals("amb:\\x5cx1bX", TerminalText.key(CacheKey.of("amb:\\x1bX")));
    assertEquals("amb:\\u001bX", TerminalText.key(CacheKey.of("amb:\\u001bX")));
  }

  @Test
  void whatIsNoKeyIsExplained() {
    assertThrows(WrongUsage.class, () -> argument.parse(""));
    WrongUsage usage = assertThrows(WrongUsage.class, () -> argument.parse("k".repeat(251)));
    assertTrue(usage.getMessage().contains("251 bytes"), usage.getMessage());
  }
}

package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyBytesTest {
  @Test
  void itIsBytesAndReadsAsKeysDo() {
    byte[] bytes = {'a', (byte) 0xff};
    KeyBytes part = KeyBytes.ofBytes(bytes);
    bytes[0] = 'b';
    part.bytes()[0] = 'c';
    assertArrayEquals(new byte[] {'a', (byte) 0xff}, part.bytes());
    assertEquals("a\\xff", part.toString());
    assertFalse(part.isVerbatim());
    assertTrue(KeyBytes.of("ü").isVerbatim());
    assertTrue(KeyBytes.NONE.isVerbatim());
    assertEquals("", KeyBytes.NONE.toString());
    assertEquals(KeyBytes.of("a"), KeyBytes.ofBytes(new byte[] {'a'}));
    assertEquals(KeyBytes.of("a").hashCode(), KeyBytes.ofBytes(new byte[] {'a'}).hashCode());
    assertNotEquals(KeyBytes.of("a"), KeyBytes.NONE);
  }

  @Test
  void itIsNoLongerThanAKey() {
    assertEquals(250, KeyBytes.of("a".repeat(250)).length());
    assertEquals(
        "it is 251 bytes long, and no key is longer than 250",
        assertThrows(IllegalArgumentException.class, () -> KeyBytes.of("a".repeat(251)))
            .getMessage());
  }

  @Test
  void halfASurrogatePairIsNoText() {
    assertThrows(IllegalArgumentException.class, () -> KeyBytes.of("a\ud800"));
  }

  @Test
  void itIsFoundWhereItStandsFirst() {
    byte[] bytes = "xa::b::".getBytes(StandardCharsets.UTF_8);
    assertEquals(2, KeyBytes.of("::").indexIn(bytes, 0, 7));
    assertEquals(5, KeyBytes.of("::").indexIn(bytes, 3, 7));
    assertEquals(-1, KeyBytes.of("::").indexIn(bytes, 3, 6));
    assertTrue(KeyBytes.of("a:").begins(bytes, 1, 7));
    assertFalse(KeyBytes.of("a:").begins(bytes, 1, 2));
  }
}

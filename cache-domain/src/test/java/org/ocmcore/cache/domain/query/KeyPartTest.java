package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyPartTest {
  @Test
  void itIsBytesAndReadsAsKeysDo() {
    byte[] bytes = {'a', (byte) 0xff};
    KeyPart part = KeyPart.ofBytes(bytes);
    bytes[0] = 'b';
    part.bytes()[0] = 'c';
    assertArrayEquals(new byte[] {'a', (byte) 0xff}, part.bytes());
    assertEquals("a\\xff", part.toString());
    assertFalse(part.isText());
    assertTrue(KeyPart.of("ü").isText());
    assertTrue(KeyPart.NONE.isText());
    assertEquals("", KeyPart.NONE.toString());
    assertEquals(KeyPart.of("a"), KeyPart.ofBytes(new byte[] {'a'}));
    assertEquals(KeyPart.of("a").hashCode(), KeyPart.ofBytes(new byte[] {'a'}).hashCode());
    assertNotEquals(KeyPart.of("a"), KeyPart.NONE);
  }

  @Test
  void itIsNoLongerThanAKey() {
    assertEquals(250, KeyPart.of("a".repeat(250)).length());
    assertEquals(
        "it is 251 bytes long, and no key is longer than 250",
        assertThrows(IllegalArgumentException.class, () -> KeyPart.of("a".repeat(251)))
            .getMessage());
  }

  @Test
  void halfASurrogatePairIsNoText() {
    assertThrows(IllegalArgumentException.class, () -> KeyPart.of("a\ud800"));
  }

  @Test
  void itIsFoundWhereItStandsFirst() {
    byte[] bytes = "xa::b::".getBytes(StandardCharsets.UTF_8);
    assertEquals(2, KeyPart.of("::").indexIn(bytes, 0, 7));
    assertEquals(5, KeyPart.of("::").indexIn(bytes, 3, 7));
    assertEquals(-1, KeyPart.of("::").indexIn(bytes, 3, 6));
    assertTrue(KeyPart.of("a:").begins(bytes, 1, 7));
    assertFalse(KeyPart.of("a:").begins(bytes, 1, 2));
  }
}

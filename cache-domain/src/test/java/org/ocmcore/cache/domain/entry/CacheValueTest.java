package org.ocmcore.cache.domain.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheValueTest {
  @Test
  void bytesAreCopiedInAndOut() {
    byte[] given = {1, 2};
    CacheValue value = CacheValue.of(given, 0);
    given[0] = 9;
    value.bytes()[1] = 9;
    assertThrows(ReadOnlyBufferException.class, () -> value.buffer().put((byte) 9));
    assertArrayEquals(new byte[] {1, 2}, value.bytes());
  }

  @Test
  void aWrappedArrayIsNotCopied() {
    byte[] given = {1, 2};
    CacheValue value = CacheValue.wrap(given, 0);
    given[0] = 9;
    assertArrayEquals(new byte[] {9, 2}, value.bytes());
  }

  @Test
  void textIsUtf8WithoutFlags() {
    CacheValue value = CacheValue.ofText("ä");
    assertArrayEquals(new byte[] {(byte) 0xc3, (byte) 0xa4}, value.bytes());
    assertEquals(0, value.flags());
    assertEquals(2, value.length());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE})
  void flagsHave32Bits(long flags) {
    assertEquals(0xFFFF_FFFFL, CacheValue.of(new byte[0], 0xFFFF_FFFFL).flags());
    assertThrows(IllegalArgumentException.class, () -> CacheValue.of(new byte[0], flags));
    assertThrows(IllegalArgumentException.class, () -> CacheValue.wrap(new byte[0], flags));
  }

  @Test
  void valuesAreEqualIfBytesAndFlagsAre() {
    assertEquals(CacheValue.of(new byte[] {1}, 2), CacheValue.wrap(new byte[] {1}, 2));
    assertEquals(
        CacheValue.of(new byte[] {1}, 2).hashCode(),
        CacheValue.of(new byte[] {1}, 2).hashCode());
    assertNotEquals(CacheValue.of(new byte[] {1}, 2), CacheValue.of(new byte[] {1}, 3));
    assertNotEquals(CacheValue.of(new byte[] {1}, 2), CacheValue.of(new byte[] {2}, 2));
  }

  @Test
  void itsTextHoldsNoneOfTheBytes() {
    assertEquals("6 bytes, flags 0", CacheValue.ofText("secret").toString());
    assertFalse(CacheValue.ofText("secret").toString().contains("secret"));
    assertTrue(CacheValue.of(new byte[3], 7).toString().contains("flags 7"));
  }
}

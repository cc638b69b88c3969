package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextScanTest {
  @Test
  void isTheFirstLineFeedWhateverIsBesideIt() {
    Random random = new Random(1);
    // Among them are bytes that differ from a line feed in one bit.
    byte[] likely = {'\n', 0, 1, '\r', 0x0b, 0x8a - 256, 'a', 0x7f, -1, -128};
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[random.nextInt(100)];
      for (int at = 0; at < text.length; at++) {
        text[at] = likely[random.nextInt(20) == 0 ? random.nextInt(likely.length) : 6];
      }
      int from = random.nextInt(text.length + 1);
      int to = from + random.nextInt(text.length - from + 1);
      assertEquals(expected(text, from, to), TextScan.lineEnd(text, from, to));
    }
  }

  private static int expected(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text[at] == '\n') {
        return at;
      }
    }
    return TextScan.NONE;
  }

  @Test
  void copiesUpToTheNextBackslash() {
    Random random = new Random(2);
    byte[] likely = {'\\', '[', ']', 0x5c - 128, 'a', 0, -1};
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[random.nextInt(100)];
      for (int at = 0; at < text.length; at++) {
        text[at] = likely[random.nextInt(20) == 0 ? random.nextInt(likely.length) : 4];
      }
      int from = random.nextInt(text.length + 1);
      byte[] target = new byte[random.nextInt(text.length - from + 1) + 3];
      int expected = 0;
      while (3 + expected < target.length && text[from + expected] != '\\') {
        expected++;
      }
      assertEquals(expected, TextScan.copyToBackslash(text, from, target, 3));
      assertEquals(ByteBuffer.wrap(text, from, expected), ByteBuffer.wrap(target, 3, expected));
    }
  }

  @Test
  void comparesTheWholeBeginning() {
    byte[] text = "....0123456789abcdefghij....".getBytes(StandardCharsets.US_ASCII);
    for (int length = 0; length <= 20; length++) {
      byte[] expected = Arrays.copyOfRange(text, 4, 4 + length);
      assertTrue(TextScan.startsWith(text, 4, 4 + length, expected));
      assertTrue(TextScan.startsWith(text, 4, text.length, expected));
      for (int at = 0; at < length; at++) {
        byte[] other = expected.clone();
        other[at] ^= 1;
        assertFalse(TextScan.startsWith(text, 4, text.length, other));
        assertFalse(TextScan.startsWith(text, 4, 4 + at, expected));
      }
    }
  }
}

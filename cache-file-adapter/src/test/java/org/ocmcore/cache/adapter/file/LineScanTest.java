package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LineScanTest {
  @Test
  void isTheFirstLineFeedWhateverIsBesideIt() {
    Random random = new Random(1);
    // Among them are bytes that differ from a line feed in one bit.
    byte[] likely = {'\n', 0, 1, '\r', 0x0b, 0x8a - 256, 'a', 0x7f, -1, -128};
    for (int i = 0; i < 200_000; i++) {
      byte[] text = new byte[random.nextInt(40)];
      for (int at = 0; at < text.length; at++) {
        text[at] = likely[random.nextInt(4) == 0 ? random.nextInt(likely.length) : 6];
      }
      int from = random.nextInt(text.length + 1);
      int to = from + random.nextInt(text.length - from + 1);
      assertEquals(expected(text, from, to), LineScan.end(text, from, to));
    }
  }

  private static int expected(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (text[at] == '\n') {
        return at;
      }
    }
    return LineScan.NONE;
  }
}

package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  private static boolean isPlain(int character) {
    return character >= ' ' && character < 128 && character != '"' && character != '\\';
  }

  @Test
  void eachByteCountsAtEachPlace() {
    for (int place = 0; place < 20; place++) {
      for (int character = 0; character < 256; character++) {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) 'a');
        bytes[place] = (byte) character;
        assertEquals(isPlain(character), PlainText.is(bytes, 0, 20), place + ": " + character);
        assertTrue(PlainText.is(bytes, 0, place));
        assertTrue(PlainText.is(bytes, place + 1, 20));
      }
    }
  }

  @Test
  void neighboursDoNotMatter() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000_000; i++) {
      byte[] bytes = new byte[8 + random.nextInt(9)];
      boolean isPlain = true;
      for (int at = 0; at < bytes.length; at++) {
        boolean isAny = random.nextInt(24) == 0;
        bytes[at] =
            (byte) (isAny ? random.nextInt(256) : " !#[]~az\u007f".charAt(random.nextInt(9)));
        isPlain &= isPlain(bytes[at] & 0xff);
      }
      assertEquals(isPlain, PlainText.is(bytes, 0, bytes.length), () -> Arrays.toString(bytes));
    }
  }
}

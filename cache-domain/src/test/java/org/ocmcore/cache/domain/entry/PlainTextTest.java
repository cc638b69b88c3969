package org.ocmcore.cache.domain.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        String where = place + ": " + character;
        assertEquals(isPlain(character) ? 20 : place, PlainText.length(bytes, 0, 20), where);
        assertEquals(place, PlainText.length(bytes, 0, place), where);
        assertEquals(19 - place, PlainText.length(bytes, place + 1, 20), where);
      }
    }
  }

  @Test
  void neighboursDoNotMatter() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000_000; i++) {
      byte[] bytes = new byte[8 + random.nextInt(40)];
      int plain = 0;
      for (int at = 0; at < bytes.length; at++) {
        boolean isAny = random.nextInt(24) == 0;
        bytes[at] =
            (byte) (isAny ? random.nextInt(256) : " !#[]~az\u007f".charAt(random.nextInt(9)));
        plain += plain == at && isPlain(bytes[at] & 0xff) ? 1 : 0;
      }
      assertEquals(plain, PlainText.length(bytes, 0, bytes.length), () -> Arrays.toString(bytes));
    }
  }
}

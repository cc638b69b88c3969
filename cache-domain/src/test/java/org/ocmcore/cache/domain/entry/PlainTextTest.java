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

  @Test
  void othersAreExactlyTheBytesThatAreNotPlain() {
    Random random = new Random(2);
    byte[] likely = {'"', '\\', ' ', '!', '#', '[', ']', 0x1f, 0, 0x7f, -1, -128, '"' - 128};
    for (int i = 0; i < 1_000_000; i++) {
      byte[] bytes = new byte[10];
      random.nextBytes(bytes);
      long expected = 0;
      for (int at = 0; at < 8; at++) {
        if (random.nextBoolean()) {
          bytes[1 + at] = likely[random.nextInt(likely.length)];
        }
        expected |= isPlain(bytes[1 + at] & 0xff) ? 0 : 0x80L << 8 * at;
      }
      assertEquals(expected, PlainText.others(bytes, 1), () -> Arrays.toString(bytes));
    }
  }
}

package org.ocmcore.cache.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AsciiScanTest {
  /** Those at which something begins or ends, and those that differ from them in the high bit. */
  private static final byte[] LIKELY = {
    0, 0x1f, ' ', '!', '-', '.', '/', '[', '\\', ']', '~', 0x7f, -128, -1, ' ' - 128, '.' - 128
  };

  private static boolean isGraphic(byte b) {
    return b > ' ' && b < 0x7f && b != '\\';
  }

  @Test
  void eachByteCountsAtEachPlace() {
    for (int place = 0; place < 20; place++) {
      for (int value = 0; value < 256; value++) {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) 'a');
        bytes[place] = (byte) value;
        String where = place + ": " + value;
        assertEquals(isGraphic(bytes[place]), AsciiScan.areGraphic(bytes, 0, 20), where);
        assertEquals(isGraphic(bytes[place]), AsciiScan.areGraphic(bytes, place, 20), where);
        assertTrue(AsciiScan.areGraphic(bytes, 0, place), where);
        assertTrue(AsciiScan.areGraphic(bytes, place + 1, 20), where);
        assertEquals(
            value == 0 || value == '\n' || value == '\r' || value == ' ',
            AsciiScan.haveDelimiter(bytes, 0, 20),
            where);
        assertFalse(AsciiScan.haveDelimiter(bytes, 0, place), where);
        assertFalse(AsciiScan.haveDelimiter(bytes, place + 1, 20), where);
        assertEquals(value == '.' ? place : 20, AsciiScan.indexOf(bytes, 0, 20, '.'), where);
        assertEquals(place, AsciiScan.indexOf(bytes, 0, place, '.'), where);
        assertEquals(20, AsciiScan.indexOf(bytes, place + 1, 20, '.'), where);
      }
    }
  }

  @Test
  void neighboursDoNotMatter() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      boolean areGraphic = true;
      int dot = bytes.length;
      for (int at = bytes.length - 1; at >= 0; at--) {
        boolean isAny = random.nextInt(24) == 0;
        bytes[at] =
            isAny ? LIKELY[random.nextInt(LIKELY.length)] : (byte) "!/[]-~az".charAt(at % 8);
        areGraphic &= isGraphic(bytes[at]);
        dot = bytes[at] == '.' ? at : dot;
      }
      assertEquals(
          areGraphic, AsciiScan.areGraphic(bytes, 0, bytes.length), () -> Arrays.toString(bytes));
      assertEquals(
          dot, AsciiScan.indexOf(bytes, 0, bytes.length, '.'), () -> Arrays.toString(bytes));
    }
  }
}

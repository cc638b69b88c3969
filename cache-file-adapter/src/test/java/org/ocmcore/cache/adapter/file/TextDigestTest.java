package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextDigestTest {
  private static final byte[] TEXT = new byte[1_000_000];

  static {
    new Random(1).nextBytes(TEXT);
  }

  private final TextDigest digest = new TextDigest();

  @Test
  void isThatOfAllPartsInTheirOrder() {
    byte[] buffer = new byte[10_000];
    int step = 0;
    for (int from = 0; from < TEXT.length; from += step) {
      step = Math.min(TEXT.length - from, 1 + from % buffer.length);
      digest.await();
      System.arraycopy(TEXT, from, buffer, 0, step);
      digest.add(buffer, 0, step);
    }
    assertEquals(expected(), digest.hex());
  }

  @Test
  void aPartIsAddedOnceBeforeTheNext() {
    digest.add(TEXT, 0, 600_000);
    digest.add(TEXT, 600_000, TEXT.length);
    digest.await();
    digest.await();
    assertEquals(expected(), digest.hex());
  }

  @Test
  void anInterruptLeavesNothingOut() {
    Thread.currentThread().interrupt();
    digest.add(TEXT, 0, TEXT.length);
    digest.await();
    assertTrue(Thread.interrupted());
    assertEquals(expected(), digest.hex());
  }

  @Test
  void ofNothing() {
    assertEquals(HexFormat.of().formatHex(DumpFormat.sha256().digest()), digest.hex());
  }

  private static String expected() {
    return HexFormat.of().formatHex(DumpFormat.sha256().digest(TEXT));
  }
}

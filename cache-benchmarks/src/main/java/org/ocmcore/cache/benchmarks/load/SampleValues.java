package org.ocmcore.cache.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Values of one length, each told by its index alone. They are cut out of a stock that was made
 * before, so that it takes no time to have them; the stock is large enough for what is compressed
 * together to have no two values from the same place.
 */
public final class SampleValues {
  private static final int STOCK = 8 * 1024 * 1024;
  private static final int WORDS = 4_096;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] TEXT_START = "{\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEXT_MIDDLE = "\",\"text\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEXT_END = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_DIGITS = 16;
  private static final int TEXT_OVERHEAD =
      TEXT_START.length + ID_DIGITS + TEXT_MIDDLE.length + TEXT_END.length;

  private final Shape.Content content;
  private final int length;
  private final byte[] stock;

  /** @param length bytes of each value */
  SampleValues(Shape.Content content, int length) {
    this.content = content;
    this.length = length;
    Random random = new Random(1);
    stock = new byte[STOCK + length];
    if (content == Shape.Content.RANDOM) {
      random.nextBytes(stock);
    } else {
      words(random);
    }
  }

  /** As in any text, some words are common and most are rare. */
  private void words(Random random) {
    byte[][] words = new byte[WORDS][];
    for (int i = 0; i < WORDS; i++) {
      words[i] = new byte[2 + random.nextInt(8)];
      for (int letter = 0; letter < words[i].length; letter++) {
        words[i][letter] = (byte) ('a' + random.nextInt(26));
      }
    }
    int at = 0;
    while (at < stock.length) {
      double chance = random.nextDouble();
      byte[] word = words[(int) (WORDS * chance * chance * chance)];
      for (int letter = 0; letter < word.length && at < stock.length; letter++) {
        stock[at++] = word[letter];
      }
      if (at < stock.length) {
        stock[at++] = ' ';
      }
    }
  }

  /** Bytes of each value. */
  public int length() {
    return length;
  }

  /**
   * Writes a value.
   *
   * @return where it has ended
   */
  public int write(long index, byte[] into, int at) {
    int from = (int) (index * length % STOCK);
    if (content == Shape.Content.RANDOM || length < TEXT_OVERHEAD) {
      System.arraycopy(stock, from, into, at, length);
      return at + length;
    }
    int next = copy(TEXT_START, into, at);
    long hash = Hash.of(index, 1);
    for (int digit = 0; digit < ID_DIGITS; digit++) {
      into[next++] = HEX[(int) (hash & 15)];
      hash >>>= 4;
    }
    next = copy(TEXT_MIDDLE, into, next);
    System.arraycopy(stock, from, into, next, length - TEXT_OVERHEAD);
    return copy(TEXT_END, into, next + length - TEXT_OVERHEAD);
  }

  private static int copy(byte[] text, byte[] into, int at) {
    System.arraycopy(text, 0, into, at, text.length);
    return at + text.length;
  }
}

package org.ocmcore.cache.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * Keys of one length, each a function of its index: {@code app:kind:group:id}, for example
 * {@code a01:cart:234:5880ac9b1ee8d4567}.
 *
 * <p>1,000 consecutive keys form a group, so a group's prefix matches exactly 1,000 keys; 1,000
 * groups form an app, so a level of the tree has at most 1,000 children. The id starts with hash
 * digits, so keys that are neighbours in byte order have little in common; it ends with the
 * position in the group.
 */
public final class KeyNames {
  /** The keys of a group. */
  public static final int GROUP = 1_000;

  /** The groups of an app. */
  public static final int GROUPS = 1_000;

  public static final int MIN_BYTES = 16;
  public static final int MAX_BYTES = 250;

  /** The keys of an app. */
  public static final long APP = (long) GROUPS * GROUP;

  /** The number of different keys. */
  public static final long MAX_KEYS = 100 * APP;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PATTERN = "a__:cart:___:".getBytes(StandardCharsets.US_ASCII);
  private static final int APP_OFFSET = 1;
  private static final int GROUP_OFFSET = 9;
  private static final int POSITION_DIGITS = 3;

  private final int length;

  /**
   * @param length bytes of each key
   * @throws IllegalArgumentException unless it is {@value #MIN_BYTES} to {@value #MAX_BYTES}
   */
  public KeyNames(int length) {
    if (length < MIN_BYTES || length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "keys of %d bytes are not within %d to %d".formatted(length, MIN_BYTES, MAX_BYTES));
    }
    this.length = length;
  }

  /**
   * Writes a key into a buffer.
   *
   * @param index 0 to {@link #MAX_KEYS}, exclusive
   * @return the offset after the key
   */
  public int write(long index, byte[] buffer, int offset) {
    requireKey(index);
    System.arraycopy(PATTERN, 0, buffer, offset, PATTERN.length);
    writeDecimal(index / APP, 2, buffer, offset + APP_OFFSET);
    writeDecimal(index / GROUP % GROUPS, 3, buffer, offset + GROUP_OFFSET);
    int next = offset + PATTERN.length;
    int end = offset + length - POSITION_DIGITS;
    for (long salt = 0; next < end; salt++) {
      next = writeHex(hash(index, salt), Math.min(16, end - next), buffer, next);
    }
    writeDecimal(index % GROUP, POSITION_DIGITS, buffer, next);
    return next + POSITION_DIGITS;
  }

  /** Writes the lowest digits of a number, the lowest first. */
  static int writeHex(long number, int digits, byte[] buffer, int offset) {
    long rest = number;
    for (int i = 0; i < digits; i++) {
      buffer[offset + i] = HEX[(int) (rest & 15)];
      rest >>>= 4;
    }
    return offset + digits;
  }

  private static void writeDecimal(long number, int digits, byte[] buffer, int offset) {
    long rest = number;
    for (int i = digits - 1; i >= 0; i--) {
      buffer[offset + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** SplitMix64: looks random, and is the same in every run. */
  static long hash(long index, long salt) {
    long z = (index + 1) * 0x9E3779B97F4A7C15L + salt * 0xD1B54A32D192ED03L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  private static void requireKey(long index) {
    if (index < 0 || index >= MAX_KEYS) {
      throw new IllegalArgumentException("there is no key " + index);
    }
  }

  public byte[] bytes(long index) {
    byte[] key = new byte[length];
    write(index, key, 0);
    return key;
  }

  public String text(long index) {
    return new String(bytes(index), StandardCharsets.US_ASCII);
  }

  /** The prefix that only the keys of this key's group have: {@code a00:cart:042:}. */
  public static String groupPrefix(long index) {
    return "%s%03d:".formatted(appPrefix(index), index / GROUP % GROUPS);
  }

  /** The prefix that only the keys of this key's app have: {@code a00:cart:}. */
  public static String appPrefix(long index) {
    requireKey(index);
    return "a%02d:cart:".formatted(index / APP);
  }
}

package org.ocmcore.cache.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * Names of keys of one length, each told by its index alone: {@code app:kind:group:id}, such as
 * {@code a01:cart:234:5880ac9b1ee8d4567}.
 *
 * <p>1,000 keys that follow each other are a group, so their prefix covers exactly 1,000 keys;
 * 1,000 groups are an app, so a level of the tree has at most 1,000 children. The id begins with
 * hash digits, so that neighbours in order of bytes have little in common, and ends with the place
 * in the group.
 */
public final class KeyNames {
  public static final int GROUP = 1_000;
  public static final int GROUPS = 1_000;
  public static final int MIN_BYTES = 16;
  public static final int MAX_BYTES = 250;

  /** The keys of an app. */
  public static final long APP = (long) GROUPS * GROUP;

  /** The most keys there are names for. */
  public static final long MAX_KEYS = 100 * APP;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PATTERN = "a__:cart:___:".getBytes(StandardCharsets.US_ASCII);
  private static final int APP_AT = 1;
  private static final int GROUP_AT = 9;
  private static final int PLACE_DIGITS = 3;

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
   * Writes a key.
   *
   * @param index 0 to {@link #MAX_KEYS}, exclusive
   * @return where it has ended
   */
  public int write(long index, byte[] into, int at) {
    check(index);
    System.arraycopy(PATTERN, 0, into, at, PATTERN.length);
    digits(index / APP, 2, into, at + APP_AT);
    digits(index / GROUP % GROUPS, 3, into, at + GROUP_AT);
    int next = at + PATTERN.length;
    int end = at + length - PLACE_DIGITS;
    for (long salt = 0; next < end; salt++) {
      long hash = Hash.of(index, salt);
      for (int digit = 0; digit < 16 && next < end; digit++) {
        into[next++] = HEX[(int) (hash & 15)];
        hash >>>= 4;
      }
    }
    digits(index % GROUP, PLACE_DIGITS, into, next);
    return next + PLACE_DIGITS;
  }

  private static void digits(long number, int count, byte[] into, int at) {
    long rest = number;
    for (int i = count - 1; i >= 0; i--) {
      into[at + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static void check(long index) {
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

  /** What the keys of the group of this one begin with, and no others: {@code a00:cart:042:}. */
  public static String groupPrefix(long index) {
    return "%s%03d:".formatted(appPrefix(index), index / GROUP % GROUPS);
  }

  /** What the keys of the app of this one begin with, and no others: {@code a00:cart:}. */
  public static String appPrefix(long index) {
    check(index);
    return "a%02d:cart:".formatted(index / APP);
  }
}

package org.ocmcore.cache.domain.key;

import java.util.Arrays;

/** Keys that stand next to each other in the order of their bytes. Immutable. */
public final class KeyRange {
  /** Every key. */
  public static final KeyRange ALL = new KeyRange(new byte[0], null);

  private final byte[] from;
  private final byte[] to;

  private KeyRange(byte[] from, byte[] to) {
    this.from = from;
    this.to = to;
  }

  /** The keys that begin with these bytes; all if there are none. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix.clone(), successor(prefix));
  }

  /** The first bytes in order that come after all that begin so; null if nothing does. */
  private static byte[] successor(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xff) {
      length--;
    }
    if (length == 0) {
      return null;
    }
    byte[] next = Arrays.copyOf(prefix, length);
    next[length - 1]++;
    return next;
  }

  /** Those of these keys that come after this one. */
  public KeyRange after(CacheKey key) {
    byte[] next = Arrays.copyOf(key.bytes(), key.length() + 1);
    return Arrays.compareUnsigned(next, from) > 0 ? new KeyRange(next, to) : this;
  }

  /** The keys that are in both. */
  public KeyRange intersect(KeyRange other) {
    byte[] start = Arrays.compareUnsigned(from, other.from) >= 0 ? from : other.from;
    byte[] end =
        to == null || other.to != null && Arrays.compareUnsigned(other.to, to) < 0 ? other.to : to;
    return new KeyRange(start, end);
  }

  /** Where it begins: no key in it is below these bytes, which need not be a key. */
  public byte[] from() {
    return from.clone();
  }

  /** Whether it goes on to the last key there is. */
  public boolean isOpen() {
    return to == null;
  }

  /**
   * Where it ends: all keys in it are below these bytes, which need not be a key.
   *
   * @throws IllegalStateException if it {@link #isOpen}
   */
  public byte[] to() {
    if (to == null) {
      throw new IllegalStateException("the range has no end");
    }
    return to.clone();
  }

  /** Whether it holds this key. */
  public boolean contains(CacheKey key) {
    byte[] bytes = key.bytes();
    return Arrays.compareUnsigned(bytes, from) >= 0
        && (to == null || Arrays.compareUnsigned(bytes, to) < 0);
  }
}

package org.ocmcore.cache.domain.key;

import java.util.Arrays;

/** A range of keys in the order of their bytes. Immutable. */
public final class KeyRange {
  /** Every key. */
  public static final KeyRange ALL = new KeyRange(new byte[0], null);

  private final byte[] from;
  private final byte[] to;

  private KeyRange(byte[] from, byte[] to) {
    this.from = from;
    this.to = to;
  }

  /** The keys that begin with these bytes; all keys if there are none. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix.clone(), successor(prefix));
  }

  /** The lowest bytes above all that begin with this prefix; null if there are none. */
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

  /** This key alone. */
  public static KeyRange of(CacheKey key) {
    return new KeyRange(key.bytes(), next(key));
  }

  /** The next bytes in the order. */
  private static byte[] next(CacheKey key) {
    return Arrays.copyOf(key.bytes(), key.length() + 1);
  }

  /** The keys in it after this one. */
  public KeyRange after(CacheKey key) {
    return from(next(key));
  }

  /** The keys in it that are not below these bytes. */
  public KeyRange from(byte[] start) {
    return Arrays.compareUnsigned(start, from) > 0 ? new KeyRange(start.clone(), to) : this;
  }

  /** The keys in it that are below these bytes. */
  public KeyRange before(byte[] end) {
    return to == null || Arrays.compareUnsigned(end, to) < 0
        ? new KeyRange(from, end.clone())
        : this;
  }

  /** The keys in both ranges. */
  public KeyRange and(KeyRange other) {
    KeyRange rest = from(other.from);
    return other.to == null ? rest : rest.before(other.to);
  }

  /** The lower bound, which need not be a key. */
  public byte[] from() {
    return from.clone();
  }

  /** Whether it has no upper bound. */
  public boolean isOpen() {
    return to == null;
  }

  /**
   * The upper bound, which is not in the range and need not be a key.
   *
   * @throws IllegalStateException if it {@link #isOpen}
   */
  public byte[] to() {
    if (to == null) {
      throw new IllegalStateException("the range has no end");
    }
    return to.clone();
  }

  /** Whether it contains the key with these bytes. */
  public boolean contains(byte[] key) {
    return Arrays.compareUnsigned(key, from) >= 0
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }
}

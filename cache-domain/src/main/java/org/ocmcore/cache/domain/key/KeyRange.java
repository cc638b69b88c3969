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

  /** This key alone. */
  public static KeyRange of(CacheKey key) {
    return new KeyRange(key.bytes(), next(key));
  }

  /** The bytes that come next in order. */
  private static byte[] next(CacheKey key) {
    return Arrays.copyOf(key.bytes(), key.length() + 1);
  }

  /** Those of these keys that come after this one. */
  public KeyRange after(CacheKey key) {
    return from(next(key));
  }

  /** Those of these keys that are not below these bytes. */
  public KeyRange from(byte[] start) {
    return Arrays.compareUnsigned(start, from) > 0 ? new KeyRange(start.clone(), to) : this;
  }

  /** Those of these keys that are below these bytes. */
  public KeyRange before(byte[] end) {
    return to == null || Arrays.compareUnsigned(end, to) < 0
        ? new KeyRange(from, end.clone())
        : this;
  }

  /** The keys that are in both. */
  public KeyRange and(KeyRange other) {
    KeyRange rest = from(other.from);
    return other.to == null ? rest : rest.before(other.to);
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

  /** Whether it holds the key that these bytes are. */
  public boolean contains(byte[] key) {
    return Arrays.compareUnsigned(key, from) >= 0
        && (to == null || Arrays.compareUnsigned(key, to) < 0);
  }
}

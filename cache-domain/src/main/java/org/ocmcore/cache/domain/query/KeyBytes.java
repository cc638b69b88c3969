package org.ocmcore.cache.domain.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * A part of a key: a prefix, a name in the tree, or a delimiter. 0 to {@value CacheKey#MAX_BYTES}
 * bytes, text or not. Immutable; ordered as unsigned bytes.
 */
public final class KeyBytes implements Comparable<KeyBytes> {
  /** No bytes. Every key begins with them. */
  public static final KeyBytes NONE = new KeyBytes(new byte[0]);

  private final byte[] bytes;

  private KeyBytes(byte[] bytes) {
    if (bytes.length > CacheKey.MAX_BYTES) {
      throw new IllegalArgumentException("it is %d bytes long, and no key is longer than %d"
          .formatted(bytes.length, CacheKey.MAX_BYTES));
    }
    this.bytes = bytes;
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException if the UTF-8 form is longer than {@value CacheKey#MAX_BYTES}
   *     bytes or contains half a surrogate pair
   */
  public static KeyBytes of(String text) {
    if (text.codePoints()
        .anyMatch(character -> Character.getType(character) == Character.SURROGATE)) {
      throw new IllegalArgumentException("it contains half a surrogate pair, which is no text");
    }
    return new KeyBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A copy of these bytes.
   *
   * @throws IllegalArgumentException if there are more than {@value CacheKey#MAX_BYTES}
   */
  public static KeyBytes ofBytes(byte[] bytes) {
    return new KeyBytes(bytes.clone());
  }

  static KeyBytes ofBytes(byte[] bytes, int from, int to) {
    return new KeyBytes(Arrays.copyOfRange(bytes, from, to));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** The keys that begin with these bytes. */
  public KeyRange range() {
    return KeyRange.prefix(bytes);
  }

  /** Whether {@link #toString} is the text itself, with nothing escaped. */
  public boolean isVerbatim() {
    return CacheKey.isVerbatim(bytes);
  }

  /** The first index of these bytes in others, or -1. */
  int indexIn(byte[] others, int from, int to) {
    int last = to - bytes.length;
    for (int i = from; i <= last; i++) {
      if (others[i] == bytes[0]
          && Arrays.equals(others, i, i + bytes.length, bytes, 0, bytes.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether other bytes begin with these. */
  boolean begins(byte[] others, int from, int to) {
    return to - from >= bytes.length
        && Arrays.equals(others, from, from + bytes.length, bytes, 0, bytes.length);
  }

  @Override
  public int compareTo(KeyBytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyBytes part && Arrays.equals(bytes, part.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** A readable form, as that of {@link CacheKey#toString}. */
  @Override
  public String toString() {
    return CacheKey.readable(bytes);
  }
}

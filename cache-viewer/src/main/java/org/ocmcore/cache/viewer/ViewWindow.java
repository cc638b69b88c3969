package org.ocmcore.cache.viewer;

/**
 * Which part of the text to return.
 *
 * @param offset the first character, from 0; a character is a UTF-16 code unit
 * @param limit the most characters, from 2, since a code point may need two, to 65536
 */
public record ViewWindow(long offset, int limit) {
  /** The most characters of a window. */
  public static final int MAX_LIMIT = 1 << 16;

  /** The first 64 KiB of the text. */
  public static final ViewWindow FIRST = new ViewWindow(0, MAX_LIMIT);

  /** Validates. */
  public ViewWindow {
    if (offset < 0) {
      throw new IllegalArgumentException("offset is " + offset + ", it must not be negative");
    }
    if (limit < 2 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit is " + limit + ", it must be from 2 to " + MAX_LIMIT);
    }
  }
}

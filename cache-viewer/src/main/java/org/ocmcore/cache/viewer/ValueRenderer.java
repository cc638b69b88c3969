package org.ocmcore.cache.viewer;

/** Writes bytes of one format as text. Implementations have no state. */
interface ValueRenderer {
  ValueFormat format();

  /** Whether the bytes look like this format, so that {@code auto} tries it. */
  boolean fits(byte[] value);

  /**
   * Writes the whole value.
   *
   * @throws DecodingException if the bytes are not of this format
   */
  void render(byte[] value, ViewOutput out);
}

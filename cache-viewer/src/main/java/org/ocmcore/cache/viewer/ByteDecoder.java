package org.ocmcore.cache.viewer;

/** Turns bytes into other bytes, such as a decompressor. Implementations have no state. */
interface ByteDecoder {
  /** The name in chains, such as {@code gzip}. */
  String name();

  /**
   * What in these bytes says that this decoder applies, such as {@code begins with 1f 8b}; empty if
   * nothing does. It is a sign, not a proof.
   */
  String evidence(byte[] value);

  /**
   * The decoded bytes.
   *
   * @throws DecodingException if the bytes are not of this kind, are damaged, or exceed a limit
   */
  byte[] decode(byte[] value, ViewBudget budget);
}

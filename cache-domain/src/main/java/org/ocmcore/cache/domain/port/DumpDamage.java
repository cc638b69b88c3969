package org.ocmcore.cache.domain.port;

/**
 * A damaged place in a dump.
 *
 * @param from the first byte of the place in the file
 * @param to the byte behind the place
 * @param reason in words
 */
public record DumpDamage(long from, long to, String reason) {
  /** The number of bytes. */
  public long length() {
    return to - from;
  }

  /** In a sentence: where and why. */
  @Override
  public String toString() {
    return "bytes %,d to %,d: %s".formatted(from, to, reason);
  }
}

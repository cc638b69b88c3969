package org.ocmcore.cache.domain.port;

/**
 * A place where a dump is not as it was written.
 *
 * @param from the first byte of the place, in the file as it lies there
 * @param to the byte behind the place
 * @param reason in words
 */
public record DumpDamage(long from, long to, String reason) {
  /** Bytes that it takes. */
  public long length() {
    return to - from;
  }

  /** In a sentence: where and why. */
  @Override
  public String toString() {
    return "bytes %,d to %,d: %s".formatted(from, to, reason);
  }
}

package org.ocmcore.cache.domain.client;

/**
 * Compresses values above a size. A flag marks a compressed value, so that values with and without
 * compression can be read at any time. Any number of threads may call all methods.
 */
public interface Compression {
  /** A value must not become larger than this when it is decompressed, in bytes. */
  int MAX_SIZE = 64 * 1024 * 1024;

  /**
   * The flags of a value that is compressed so, 1 to 0xFFFFFFFF. Each way of compression has flags
   * of its own.
   */
  long flags();

  /** The compressed bytes. */
  byte[] compress(byte[] bytes);

  /**
   * The bytes as they were before {@link #compress}.
   *
   * @throws IllegalArgumentException if they are damaged, or would become larger than
   *     {@value #MAX_SIZE} bytes; the message says so
   */
  byte[] decompress(byte[] compressed);

  /** Compression by zlib, which python-memcached and pylibmc read as well. */
  static Compression zlib() {
    return ZlibCompression.INSTANCE;
  }
}

package org.ocmcore.cache.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import org.ocmcore.cache.domain.client.Compression;

/**
 * Compresses values by Zstandard (RFC 8878). Each value is one frame with its size and a checksum.
 * Any number of threads may use it.
 *
 * <p>No other client reads such values: clients that check flags, as python-memcached does, reject
 * them, and all others return the compressed bytes. Where other clients read the same keys, use
 * {@link Compression#zlib}.
 */
public final class ZstdCompression implements Compression {
  /**
   * {@code ZS} in ASCII in the upper half of the 32 bits, and nothing in the lower half, where
   * other clients have their flags for types and compression.
   */
  public static final long FLAGS = 0x5A53_0000L;

  /** The level of {@link #create}, a good balance for most values. */
  public static final int DEFAULT_LEVEL = 3;

  private final int level;

  private ZstdCompression(int level) {
    this.level = level;
  }

  /** Compression with level {@value #DEFAULT_LEVEL}. */
  public static ZstdCompression create() {
    return level(DEFAULT_LEVEL);
  }

  /**
   * Compression with a level; every level reads the values of all others.
   *
   * @param level 1 is the fastest, 22 gives the smallest values
   * @throws IllegalArgumentException if it is less than 1 or more than 22
   */
  public static ZstdCompression level(int level) {
    // This loads the native library, which is better missed now than with the first large value.
    int max = Zstd.maxCompressionLevel();
    if (level < 1 || level > max) {
      throw new IllegalArgumentException("level " + level + " is not within 1 to " + max);
    }
    return new ZstdCompression(level);
  }

  @Override
  public long flags() {
    return FLAGS;
  }

  @Override
  public byte[] compress(byte[] bytes) {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      return context.setLevel(level).setContentSize(true).setChecksum(true).compress(bytes);
    }
  }

  @Override
  public byte[] decompress(byte[] compressed) {
    try {
      // Zstd does not accept an empty array here.
      long size = compressed.length == 0 ? -1 : Zstd.getFrameContentSize(compressed);
      if (size < 0) {
        throw new IllegalArgumentException("its compressed bytes do not begin with their size");
      }
      if (size > MAX_SIZE) {
        throw new IllegalArgumentException(
            "it would be larger than %d bytes when decompressed".formatted(MAX_SIZE));
      }
      byte[] bytes = new byte[(int) size];
      if (Zstd.decompressByteArray(bytes, 0, bytes.length, compressed, 0, compressed.length)
          != size) {
        throw new IllegalArgumentException("its compressed bytes end too early");
      }
      return bytes;
    } catch (ZstdException e) {
      throw new IllegalArgumentException("its compressed bytes are damaged", e);
    }
  }
}

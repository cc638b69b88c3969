package org.ocmcore.cache.domain.client;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The zlib format (RFC 1950). */
final class ZlibCompression implements Compression {
  static final ZlibCompression INSTANCE = new ZlibCompression();

  /** What python-memcached and pylibmc set for a value that zlib compressed. */
  private static final long FLAGS = 1 << 3;

  private static final int BUFFER = 8 * 1024;

  private ZlibCompression() {}

  @Override
  public long flags() {
    return FLAGS;
  }

  @Override
  public byte[] compress(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        compressed.write(buffer, 0, deflater.deflate(buffer));
      }
      return compressed.toByteArray();
    } finally {
      deflater.end();
    }
  }

  @Override
  public byte[] decompress(byte[] compressed) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(compressed);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(compressed.length * 2);
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int count = inflater.inflate(buffer);
        if (count == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("its compressed bytes end too early");
        }
        if (bytes.size() + count > MAX_SIZE) {
          throw new IllegalArgumentException(
              "it would be larger than %d bytes when decompressed".formatted(MAX_SIZE));
        }
        bytes.write(buffer, 0, count);
      }
      return bytes.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("its compressed bytes are damaged", e);
    } finally {
      inflater.end();
    }
  }
}

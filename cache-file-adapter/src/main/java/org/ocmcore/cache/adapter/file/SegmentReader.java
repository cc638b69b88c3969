package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Cuts a dump into its pieces, whatever has become of the file. Reads from the beginning; for one
 * thread.
 */
abstract class SegmentReader {
  /** Where memory is given back that a large piece took. */
  private static final int LARGE = 8 * DumpFormat.BLOCK;

  private final FileChannel channel;

  /** The bytes at hand; {@link #at} is where the next piece begins. */
  byte[] buffer;

  int at;
  int limit;

  /** Where {@link #buffer} begins in the file. */
  private long base;

  SegmentReader(FileChannel channel) throws IOException {
    this.channel = channel;
    channel.position(0);
    buffer = new byte[(int) Math.min(2 * DumpFormat.BLOCK, channel.size() + 16)];
  }

  /** Those of a file, by what it begins with. */
  static SegmentReader of(FileChannel channel) throws IOException {
    Compression compression = compression(firstBytes(channel, DumpFormat.BLOCK));
    return compression == Compression.NONE
        ? new TextSegmentReader(channel)
        : new FramedSegmentReader(channel, compression);
  }

  /** By the first beginning of anything of ours, since what stands before it may be damaged. */
  private static Compression compression(byte[] first) {
    for (int i = 0; i < first.length; i++) {
      if (first[i] == '{' && Segment.begins(first, i, first.length, DumpFormat.HEADER_START)) {
        return Compression.NONE;
      }
      for (Compression compression : Compression.FRAMED) {
        if (compression.begins(first, i)) {
          return compression;
        }
      }
    }
    return Compression.NONE;
  }

  /** The first bytes of a file, as many as there are. Leaves the position alone. */
  static byte[] firstBytes(FileChannel channel, int count) throws IOException {
    return bytes(channel, 0, count);
  }

  /** Bytes from some place on, as many as there are. Leaves the position alone. */
  static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
    long size = Math.max(0, Math.min(count, channel.size() - from));
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** The next piece, or null at the end of the file. */
  abstract Segment next() throws IOException;

  /** Where a place in the buffer is in the file. */
  long fileAt(int index) {
    return base + index;
  }

  /** Reads more behind {@link #limit}; what is before {@link #at} goes. False at the end. */
  boolean fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, limit - at);
      base += at;
      limit -= at;
      at = 0;
      if (buffer.length > LARGE && limit < LARGE / 2) {
        buffer = Arrays.copyOf(buffer, LARGE);
      }
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length + (buffer.length >> 1));
    }
    int step = Math.min(buffer.length - limit, DumpFormat.CHUNK);
    int read = channel.read(ByteBuffer.wrap(buffer, limit, step));
    limit += Math.max(0, read);
    return read >= 0;
  }
}

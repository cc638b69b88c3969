package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Splits a dump file, damaged or not, into segments, from its beginning. For one thread. */
abstract class SegmentReader {
  /** A buffer above this size shrinks again when it is mostly empty. */
  private static final int LARGE = 8 * DumpFormat.BLOCK;

  /** Fits the longest segment with what is read behind it. */
  private static final int MAX_BUFFER = DumpFormat.MAX_SEGMENT + 2 * DumpFormat.BLOCK;

  private final FileChannel channel;

  /** The bytes read and not consumed, from {@link #at} to {@link #limit}. */
  byte[] buffer;

  int at;
  int limit;

  /** The file offset of the first byte of {@link #buffer}. */
  private long fileBase;

  SegmentReader(FileChannel channel) throws IOException {
    this.channel = channel;
    channel.position(0);
    buffer = new byte[(int) Math.min(2 * DumpFormat.BLOCK, channel.size() + 16)];
  }

  /** The reader for a file, chosen by its first bytes. */
  static SegmentReader of(FileChannel channel) throws IOException {
    DumpCompression compression = compression(firstBytes(channel, DumpFormat.BLOCK));
    return compression == DumpCompression.NONE
        ? new TextSegmentReader(channel)
        : new FramedSegmentReader(channel, compression);
  }

  /** Searches for the first header or frame, since the bytes before it may be damaged. */
  private static DumpCompression compression(byte[] first) {
    for (int i = 0; i < first.length; i++) {
      if (first[i] == '{' && TextScan.startsWith(first, i, first.length, DumpFormat.HEADER_START)) {
        return DumpCompression.NONE;
      }
      for (DumpCompression compression : DumpCompression.FRAMED) {
        if (compression.startsFrame(first, i)) {
          return compression;
        }
      }
    }
    return DumpCompression.NONE;
  }

  /** The first bytes of a file, at most {@code count}. Does not move the position. */
  static byte[] firstBytes(FileChannel channel, int count) throws IOException {
    return bytes(channel, 0, count);
  }

  /** The bytes from an offset on, at most {@code count}. Does not move the position. */
  static byte[] bytes(FileChannel channel, long from, int count) throws IOException {
    long size = Math.max(0, Math.min(count, channel.size() - from));
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** The next segment, or null at the end of the file. */
  abstract Segment next() throws IOException;

  /** The new length of the buffer, which is full: half as much again, if a segment needs it. */
  int enlarged() throws IOException {
    return Math.min(buffer.length + (buffer.length >> 1), MAX_BUFFER);
  }

  /** The number of bytes up to the next line end that is not in the buffer, at most this many. */
  final int unreadLine(int most) throws IOException {
    ByteBuffer part = ByteBuffer.allocate(DumpFormat.CHUNK);
    int length = 0;
    while (length < most && channel.read(part.clear(), channel.position() + length) > 0) {
      for (int i = 0; i < part.position(); i++) {
        if (part.get(i) == '\n') {
          return Math.min(most, length + i + 1);
        }
      }
      length += part.position();
    }
    return Math.min(most, length);
  }

  /** The file offset of an index of the buffer. */
  long fileOffset(int index) {
    return fileBase + index;
  }

  /** Drops the bytes before {@link #at} and reads more; returns false at the end of the file. */
  boolean fill() throws IOException {
    if (at > 0) {
      System.arraycopy(buffer, at, buffer, 0, limit - at);
      fileBase += at;
      limit -= at;
      at = 0;
      if (buffer.length > LARGE && limit < LARGE / 2) {
        buffer = Arrays.copyOf(buffer, LARGE);
      }
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length + DumpFormat.CHUNK, enlarged()));
    }
    int step = Math.min(buffer.length - limit, DumpFormat.CHUNK);
    int read = channel.read(ByteBuffer.wrap(buffer, limit, step));
    limit += Math.max(0, read);
    return read >= 0;
  }
}

package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/** Reads lines of bounded length. A line is valid until the next is read. For one thread. */
final class LineSource {
  private final ReadableByteChannel channel;
  private byte[] buffer = new byte[DumpFormat.CHUNK];
  private int start;
  private int length;
  private int next;
  private int limit;
  private long number;
  private long bytes;

  LineSource(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Goes to the next line; false at the end of the file.
   *
   * @throws Damaged if the line is too long or does not end
   */
  boolean advance() throws IOException {
    start = next;
    number++;
    int scanned = 0;
    while (true) {
      for (int i = start + scanned; i < limit; i++) {
        if (buffer[i] == '\n') {
          length = i - start;
          next = i + 1;
          bytes += next - start;
          return true;
        }
      }
      scanned = limit - start;
      if (scanned > DumpFormat.MAX_LINE) {
        throw new Damaged("line %d is longer than %d bytes".formatted(number, DumpFormat.MAX_LINE));
      }
      if (!fill()) {
        if (scanned == 0) {
          return false;
        }
        throw new Damaged("it is cut off in line " + number);
      }
    }
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, limit - start);
    limit -= start;
    start = 0;
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(
          buffer, Math.min(2 * buffer.length, DumpFormat.MAX_LINE + DumpFormat.CHUNK));
    }
    int step = Math.min(buffer.length - limit, DumpFormat.CHUNK);
    int read = channel.read(ByteBuffer.wrap(buffer, limit, step));
    limit += Math.max(0, read);
    return read >= 0;
  }

  /** The line's number, from 1. */
  long number() {
    return number;
  }

  /** Bytes up to the end of the line. */
  long bytes() {
    return bytes;
  }

  /** Bytes up to the beginning of the line. */
  long bytesBefore() {
    return bytes - (next - start);
  }

  boolean startsWith(byte[] prefix) {
    return length >= prefix.length
        && Arrays.equals(buffer, start, start + prefix.length, prefix, 0, prefix.length);
  }

  /** Whether the line with its line end is exactly this. */
  boolean is(byte[] whole) {
    return Arrays.equals(buffer, start, next, whole, 0, whole.length);
  }

  JsonParser json() {
    return DumpFormat.JSON.createParser(ObjectReadContext.empty(), buffer, start, length);
  }

  /** Adds the line with its line end. */
  void addTo(MessageDigest digest) {
    digest.update(buffer, start, next - start);
  }
}

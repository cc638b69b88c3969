package org.ocmcore.cache.adapter.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads lines and counted bytes, and counts lines. For one thread. */
final class LineInput {
  private final InputStream in;
  private final byte[] buffer = new byte[DumpFormat.CHUNK];
  private int position;
  private int limit;
  private long line;

  LineInput(InputStream in) {
    this.in = in;
  }

  /** The number of the line that was read last, from 1; of a value, its last line. */
  long line() {
    return line;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer, 0, buffer.length));
    return limit > 0;
  }

  /**
   * The next line without its end ({@code \n} or {@code \r\n}), or null at the end of the file.
   *
   * @throws CorruptDumpException if it is longer than this number of bytes
   */
  byte[] readLine(int most) throws IOException {
    byte[] whole = readWholeLine(most);
    if (whole == null) {
      return null;
    }
    int end = whole.length;
    if (end > 0 && whole[end - 1] == '\n') {
      end--;
    }
    if (end > 0 && whole[end - 1] == '\r') {
      end--;
    }
    return Arrays.copyOf(whole, end);
  }

  /** The same with its end, which the last line may lack. */
  byte[] readWholeLine(int most) throws IOException {
    if (position == limit && !fill()) {
      return null;
    }
    line++;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    boolean ended = false;
    do {
      int end = position;
      while (end < limit && !ended) {
        ended = buffer[end++] == '\n';
      }
      text.write(buffer, position, end - position);
      position = end;
      if (text.size() > most) {
        throw ForeignParser.at(
            line, "it has more than %,d bytes: split or remove it".formatted(most));
      }
    } while (!ended && fill());
    return text.toByteArray();
  }

  /** The next bytes, with line ends as they are; fewer at the end of the file. */
  byte[] read(int length) throws IOException {
    // Grows with what is there: the length may be a lie.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.min(length, buffer.length));
    while (bytes.size() < length && (position < limit || fill())) {
      int count = Math.min(length - bytes.size(), limit - position);
      for (int i = position; i < position + count; i++) {
        if (buffer[i] == '\n') {
          line++;
        }
      }
      bytes.write(buffer, position, count);
      position += count;
    }
    return bytes.toByteArray();
  }
}

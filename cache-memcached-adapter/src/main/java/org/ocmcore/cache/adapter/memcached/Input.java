package org.ocmcore.cache.adapter.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a server sends, cut into lines or answers. For one thread at a time. */
final class Input {
  private static final int CAPACITY = 128 * 1024;

  private final Source source;
  private final byte[] bytes = new byte[CAPACITY];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes).limit(0);
  private final MetaResponseParser answers = new MetaResponseParser();
  private int lineStart;
  private int lineEnd;

  /** Where the bytes come from. */
  @FunctionalInterface
  interface Source {
    /** Puts bytes into the buffer and returns how many; -1 if there are no more. */
    int read(ByteBuffer into) throws IOException;
  }

  /** @param source which waits for at least one byte */
  Input(Source source) {
    this.source = source;
  }

  /**
   * Goes to the next line, which then lies in {@link #bytes} from {@link #lineStart} to
   * {@link #lineEnd} until the next call. It may end in LF or CR LF.
   */
  void nextLine() throws IOException {
    int scanned = buffer.position();
    while (true) {
      for (int at = scanned; at < buffer.limit(); at++) {
        if (bytes[at] == '\n') {
          lineStart = buffer.position();
          lineEnd = at > lineStart && bytes[at - 1] == '\r' ? at - 1 : at;
          buffer.position(at + 1);
          return;
        }
      }
      int partial = buffer.remaining();
      if (partial > MetaResponseParser.MAX_LINE) {
        throw ProtocolException.of(bytes, buffer.position(), buffer.limit());
      }
      fill();
      scanned = buffer.position() + partial;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int lineStart() {
    return lineStart;
  }

  int lineEnd() {
    return lineEnd;
  }

  /** The current line as text, one character a byte. */
  String line() {
    return new String(bytes, lineStart, lineEnd - lineStart, StandardCharsets.ISO_8859_1);
  }

  /** The next answer, which is that to the {@link MetaRequest} of this number. */
  MetaResponse nextAnswer(long number) throws IOException {
    while (true) {
      MetaResponse answer = answers.parse(buffer, number);
      if (answer != null) {
        return answer;
      }
      fill();
    }
  }

  /** The same if it has arrived already, or else null. */
  MetaResponse answerAtHand(long number) throws IOException {
    return answers.parse(buffer, number);
  }

  /** Whether all that arrived has been taken. */
  boolean isEmpty() {
    return !buffer.hasRemaining();
  }

  private void fill() throws IOException {
    fill(source);
  }

  /**
   * Takes in what comes from there.
   *
   * @return how many bytes; a source that does not wait may have none
   */
  int fill(Source from) throws IOException {
    buffer.compact();
    int count = from.read(buffer);
    buffer.flip();
    if (count < 0) {
      throw new EOFException();
    }
    return count;
  }
}

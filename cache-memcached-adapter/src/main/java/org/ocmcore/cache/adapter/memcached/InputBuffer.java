package org.ocmcore.cache.adapter.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The bytes that a server sends, split into lines or parsed into responses. For one thread at a
 * time.
 */
final class InputBuffer {
  private static final int CAPACITY = 128 * 1024;

  /** Leaves room in the buffer to read on. */
  static final int MAX_LONG_LINE_BYTES = CAPACITY / 2;

  private final Source source;
  private final byte[] bytes = new byte[CAPACITY];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes).limit(0);
  private final MetaResponseParser responseParser;
  private int lineStart;
  private int lineEnd;

  /** Where the bytes come from, such as a channel. */
  @FunctionalInterface
  interface Source {
    /** Puts bytes into the buffer and returns their number; -1 at the end of the stream. */
    int read(ByteBuffer into) throws IOException;
  }

  /**
   * @param source waits for at least one byte on each read
   * @param bound of the values that the server sends
   */
  InputBuffer(Source source, ValueBound bound) {
    this.source = source;
    this.responseParser = new MetaResponseParser(bound);
  }

  /**
   * Reads the next line. It is in {@link #bytes} from {@link #lineStart} to {@link #lineEnd} until
   * the next call. Both LF and CR LF end a line.
   *
   * @throws ProtocolException if a line is longer than memcached sends
   * @throws EOFException if the stream ends first
   */
  void readLine() throws IOException {
    readLine(MetaResponseParser.MAX_LINE_BYTES);
  }

  /**
   * Does the same for a line that may be longer.
   *
   * @param most the bytes of a line without its end, at most {@link #MAX_LONG_LINE_BYTES}
   */
  void readLine(int most) throws IOException {
    int unscanned = buffer.position();
    while (true) {
      for (int index = unscanned; index < buffer.limit(); index++) {
        if (bytes[index] == '\n') {
          lineStart = buffer.position();
          lineEnd = index > lineStart && bytes[index - 1] == '\r' ? index - 1 : index;
          buffer.position(index + 1);
          return;
        }
      }
      int partial = buffer.remaining();
      if (partial > most) {
        throw ProtocolException.of(bytes, buffer.position(), buffer.limit());
      }
      fill();
      unscanned = buffer.position() + partial;
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

  /** Returns the current line as text, one character for each byte. */
  String line() {
    return new String(bytes, lineStart, lineEnd - lineStart, StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the next response; waits for it.
   *
   * @param opaque the opaque of the request, or {@link MetaResponseParser#NO_OPAQUE}
   * @param key the key of the request, or null if it has none to repeat
   */
  MetaResponse nextResponse(long opaque, CacheKey key) throws IOException {
    while (true) {
      MetaResponse response = responseParser.parse(buffer, opaque, key);
      if (response != null) {
        return response;
      }
      fill();
    }
  }

  /** Returns the next response if all of it has arrived, otherwise null. */
  MetaResponse pollResponse(long opaque, CacheKey key) throws IOException {
    return responseParser.parse(buffer, opaque, key);
  }

  /**
   * Returns the opaque of the last response; {@link MetaResponseParser#NO_OPAQUE} if it had none.
   */
  long lastOpaque() {
    return responseParser.lastOpaque();
  }

  /** Checks that the last response is about this key, if it names one. */
  void requireKey(CacheKey key) throws ProtocolException {
    responseParser.requireKey(key);
  }

  /** Returns whether every byte that arrived is consumed. */
  boolean isEmpty() {
    return !buffer.hasRemaining();
  }

  private void fill() throws IOException {
    fill(source);
  }

  /**
   * Reads bytes from this source once.
   *
   * @return the number of bytes; 0 if the source does not wait and has none
   * @throws EOFException at the end of the stream
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

package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The server sent bytes that are no valid response to the request, or too large a one. */
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int MAX_SHOWN_BYTES = 40;

  private ProtocolException(String message) {
    super(message);
  }

  /** Returns an exception whose message quotes the beginning of these bytes. */
  static ProtocolException of(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + MAX_SHOWN_BYTES);
    String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    return new ProtocolException(
        "it sent an invalid response: \"" + printable(text) + (end < to ? "…" : "") + "\"");
  }

  static ProtocolException of(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return of(bytes, 0, bytes.length);
  }

  /** Returns an exception with a description instead of the bytes. */
  static ProtocolException withDetail(String detail) {
    return new ProtocolException("it sent an invalid response: " + detail);
  }

  /** Returns the exception for a value that does not fit the memory of this program. */
  static ProtocolException withoutRoom(String value) {
    return new ProtocolException("it sent " + value + ": start this program with a larger -Xmx");
  }

  /** Returns the exception for a valid response to another request. */
  static ProtocolException forOtherRequest() {
    return withDetail("a response to another request");
  }

  /** Returns the exception for a response, valid or not, to which no request belongs. */
  static ProtocolException withoutRequest() {
    return withDetail("a response without a request");
  }

  /** Returns the text with a point for each character that is not printable ASCII. */
  static String printable(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", ".");
  }
}

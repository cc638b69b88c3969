package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The server sent what is no answer to what it was asked. */
final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 40;

  private ProtocolException(String message) {
    super(message);
  }

  /** These bytes, of which the beginning is shown. */
  static ProtocolException of(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + SHOWN);
    String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    return new ProtocolException(
        "it answered rubbish: \"" + clean(text) + (end < to ? "…" : "") + "\"");
  }

  static ProtocolException of(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return of(bytes, 0, bytes.length);
  }

  /** With a description, where the bytes themselves would tell nothing. */
  static ProtocolException described(String what) {
    return new ProtocolException("it answered rubbish: " + what);
  }

  /** An answer that is in order, and not the one that comes next. */
  static ProtocolException toAnotherRequest() {
    return described("what belongs to another request");
  }

  /** The text, with a point for whatever is no printable ASCII. */
  static String clean(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", ".");
  }
}

package org.ocmcore.cache.adapter.http;

import java.nio.charset.StandardCharsets;

/** Text as the body of an answer. The array is not copied. */
record TextPage(String contentType, byte[] bytes) {
  /** Plain text. */
  static TextPage plain(String text) {
    return new TextPage("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}

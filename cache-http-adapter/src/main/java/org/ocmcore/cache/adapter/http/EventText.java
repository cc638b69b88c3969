package org.ocmcore.cache.adapter.http;

import java.nio.charset.StandardCharsets;

/** Server-sent events that are to be sent next. For one thread at a time. */
final class EventText {
  private final StringBuilder text = new StringBuilder();

  /** @param data on one line */
  void event(String name, String data) {
    text.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
  }

  /** Adds a comment, which shows that the stream is alive. */
  void comment() {
    text.append(":\n\n");
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** All of it, which is then gone. */
  byte[] take() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    return bytes;
  }
}

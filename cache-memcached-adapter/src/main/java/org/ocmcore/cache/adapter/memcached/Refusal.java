package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;

/** The server understood, and said no. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1;

  /** @param reason in words, for people */
  Refusal(String reason) {
    super(reason);
  }

  /** The server's own words. */
  static Refusal saying(String line) {
    return new Refusal("it refused: \"" + line + "\"");
  }
}

package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;

/** The server understood, and said no. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean lasting;

  private Refusal(String reason, boolean lasting) {
    super(reason);
    this.lasting = lasting;
  }

  /**
   * It says no whenever it is asked.
   *
   * @param reason in words, for people
   */
  static Refusal lasting(String reason) {
    return new Refusal(reason, true);
  }

  /**
   * It says no for now.
   *
   * @param reason in words, for people
   */
  static Refusal passing(String reason) {
    return new Refusal(reason, false);
  }

  /** The server's own words, which also tell whether that may pass. */
  static Refusal saying(String line) {
    boolean lasting =
        line.equals("ERROR") || line.startsWith("CLIENT_ERROR") || line.endsWith("not allowed");
    return new Refusal("it refused: \"" + line + "\"", lasting);
  }

  /** Whether to ask again is of no use. */
  boolean isLasting() {
    return lasting;
  }
}

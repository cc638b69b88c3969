package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;

/** The server understood, and said no. */
final class ServerErrorException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean lasting;

  private ServerErrorException(String reason, boolean lasting) {
    super(reason);
    this.lasting = lasting;
  }

  /**
   * It says no whenever it is asked.
   *
   * @param reason in words, for people
   */
  static ServerErrorException lasting(String reason) {
    return new ServerErrorException(reason, true);
  }

  /**
   * It says no for now.
   *
   * @param reason in words, for people
   */
  static ServerErrorException passing(String reason) {
    return new ServerErrorException(reason, false);
  }

  /** The server's own words, which also tell whether that may pass. */
  static ServerErrorException saying(String line) {
    boolean lasting =
        line.equals("ERROR") || line.startsWith("CLIENT_ERROR") || line.endsWith("not allowed");
    return new ServerErrorException("it refused: \"" + line + "\"", lasting);
  }

  /** Whether to ask again is of no use. */
  boolean isLasting() {
    return lasting;
  }
}

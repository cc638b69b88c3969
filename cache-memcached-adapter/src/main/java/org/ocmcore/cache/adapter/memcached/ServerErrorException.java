package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;

/** The server rejected a command, or cannot execute it. */
final class ServerErrorException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean permanent;

  private ServerErrorException(String reason, boolean permanent) {
    super(reason);
    this.permanent = permanent;
  }

  /**
   * Returns an error that does not go away on a retry.
   *
   * @param reason in plain English
   */
  static ServerErrorException permanent(String reason) {
    return new ServerErrorException(reason, true);
  }

  /**
   * Returns an error that may go away on a later retry.
   *
   * @param reason in plain English
   */
  static ServerErrorException temporary(String reason) {
    return new ServerErrorException(reason, false);
  }

  /** Returns the error that the server's line reports; the line decides whether it is permanent. */
  static ServerErrorException of(String line) {
    if (line.equals("ERROR Too many open connections")) {
      return temporary(
          "it has too many connections: start memcached with a higher -c, or close idle clients");
    }
    boolean permanent =
        line.equals("ERROR") || line.startsWith("CLIENT_ERROR") || line.endsWith("not allowed");
    return new ServerErrorException(
        "it refused: \"" + ProtocolException.printable(line) + "\"", permanent);
  }

  /** Returns whether a retry is useless. */
  boolean isPermanent() {
    return permanent;
  }
}

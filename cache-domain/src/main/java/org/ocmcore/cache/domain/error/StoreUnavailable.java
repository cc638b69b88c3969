package org.ocmcore.cache.domain.error;

import java.util.List;

/**
 * A server did not answer, broke the protocol, or refused. Unless the reason says so, it is unknown
 * whether a change was done.
 */
public final class StoreUnavailable extends CacheException {
  private static final long serialVersionUID = 1;

  private final String server;
  private final String operation;
  private final String reason;
  private final boolean refusal;

  /**
   * @param server its address, as in {@code KeyspacePort.servers()}
   * @param operation with the key if there is one: "get of key 'a'"
   * @param reason in words
   */
  public StoreUnavailable(String server, String operation, String reason, Throwable cause) {
    this(server, operation, reason, false, cause);
  }

  private StoreUnavailable(
      String server, String operation, String reason, boolean refusal, Throwable cause) {
    super("%s: %s failed: %s".formatted(server, operation, reason), cause);
    this.server = server;
    this.operation = operation;
    this.reason = reason;
    this.refusal = refusal;
  }

  /** The server answers but does not allow this, ever: nothing was done. */
  public static StoreUnavailable refused(
      String server, String operation, String reason, Throwable cause) {
    return new StoreUnavailable(server, operation, reason, true, cause);
  }

  public StoreUnavailable(String server, String operation, String reason) {
    this(server, operation, reason, null);
  }

  /** The same failure of a change that was done on other servers. */
  public StoreUnavailable doneOn(List<String> others) {
    return new StoreUnavailable(
        server, operation, reason + "; it was done on " + String.join(", ", others), refusal, this);
  }

  /** The address of the server. */
  public String server() {
    return server;
  }

  /** The reason in words, without the server. */
  public String reason() {
    return reason;
  }

  /** Whether the server answers but does not allow this, so that a retry is useless. */
  public boolean isRefusal() {
    return refusal;
  }
}

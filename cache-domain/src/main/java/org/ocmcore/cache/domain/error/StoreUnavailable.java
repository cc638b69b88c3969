package org.ocmcore.cache.domain.error;

/**
 * A server did not answer, answered nonsense, or refused. For an operation that changes something
 * it is unknown whether it was done, unless the reason says so.
 */
public final class StoreUnavailable extends CacheException {
  private static final long serialVersionUID = 1;

  private final String server;
  private final String reason;
  private final boolean refusal;

  /**
   * @param server the server's address, as {@code KeyspacePort.servers()} names it
   * @param operation what was tried, with the key if there is one: "get of key 'a'"
   * @param reason why it failed, in words
   */
  public StoreUnavailable(String server, String operation, String reason, Throwable cause) {
    this(server, operation, reason, false, cause);
  }

  private StoreUnavailable(
      String server, String operation, String reason, boolean refusal, Throwable cause) {
    super("%s: %s failed: %s".formatted(server, operation, reason), cause);
    this.server = server;
    this.reason = reason;
    this.refusal = refusal;
  }

  /** The server answers, and does not allow this, whenever it is asked: nothing was done there. */
  public static StoreUnavailable refused(
      String server, String operation, String reason, Throwable cause) {
    return new StoreUnavailable(server, operation, reason, true, cause);
  }

  public StoreUnavailable(String server, String operation, String reason) {
    this(server, operation, reason, null);
  }

  /** The server's address. */
  public String server() {
    return server;
  }

  /** Why, in words, without the server. */
  public String reason() {
    return reason;
  }

  /** Whether the server answers and does not allow this, so that to ask again is of no use. */
  public boolean isRefusal() {
    return refusal;
  }
}

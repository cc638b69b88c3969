package org.ocmcore.cache.domain.error;

/** The value under a key cannot be read as what the caller asked for. It is unchanged. */
public final class UnexpectedValue extends CacheException {
  private static final long serialVersionUID = 1;

  private final String key;

  /**
   * @param expected what the caller asked for, with an article
   * @param reason why the value is not that; contains no value
   */
  public UnexpectedValue(String key, String expected, String reason) {
    super(message(key, expected, reason));
    this.key = key;
  }

  /** @param cause why the value cannot be read; its message may contain the value, ours does not */
  public UnexpectedValue(String key, String expected, String reason, Throwable cause) {
    super(message(key, expected, reason), cause);
    this.key = key;
  }

  private static String message(String key, String expected, String reason) {
    return "the value of key '%s' is not %s: %s".formatted(key, expected, reason);
  }

  /** The key. */
  public String key() {
    return key;
  }
}

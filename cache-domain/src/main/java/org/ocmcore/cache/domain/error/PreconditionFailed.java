package org.ocmcore.cache.domain.error;

/** A change had a precondition that does not hold; nothing was changed. */
public final class PreconditionFailed extends CacheException {
  private static final long serialVersionUID = 1;

  private PreconditionFailed(String key, String state) {
    super("Key '%s' %s; nothing was changed".formatted(key, state));
  }

  /** The key exists already. */
  public static PreconditionFailed exists(String key) {
    return new PreconditionFailed(key, "exists already");
  }

  /** The key does not exist. */
  public static PreconditionFailed absent(String key) {
    return new PreconditionFailed(key, "does not exist");
  }

  /** The key has another version than the caller expects. */
  public static PreconditionFailed changed(String key) {
    return new PreconditionFailed(
        key, "has another version than the one that was named: read it again");
  }
}

package org.ocmcore.cache.domain.error;

import java.time.Instant;

/** A change had a precondition that does not hold; nothing was changed. */
public final class PreconditionFailed extends CacheException {
  private static final long serialVersionUID = 1;

  private PreconditionFailed(String subject, String state) {
    super("%s %s; nothing was changed".formatted(subject, state));
  }

  private static PreconditionFailed key(String key, String state) {
    return new PreconditionFailed("Key '" + key + "'", state);
  }

  /** The key exists already. */
  public static PreconditionFailed exists(String key) {
    return key(key, "exists already");
  }

  /** The key does not exist. */
  public static PreconditionFailed absent(String key) {
    return key(key, "does not exist");
  }

  /** The key has another version than the caller expects. */
  public static PreconditionFailed changed(String key) {
    return key(key, "has another version than the one that was named: read it again");
  }

  /**
   * The dump with this name is another than the caller expects.
   *
   * @param createdAt its time
   * @param expected the time of the one that is meant
   */
  public static PreconditionFailed dump(String name, Instant createdAt, Instant expected) {
    return new PreconditionFailed(
        "Dump '" + name + "'",
        "is of %s, not of %s: it is another one than before, look at it again"
            .formatted(createdAt, expected));
  }
}

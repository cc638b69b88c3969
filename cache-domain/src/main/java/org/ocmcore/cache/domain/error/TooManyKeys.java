package org.ocmcore.cache.domain.error;

/** More keys match than the caller allowed. Nothing has changed. */
public final class TooManyKeys extends CacheException {
  private static final long serialVersionUID = 1;

  private final long matched;
  private final long allowed;

  public TooManyKeys(long matched, long allowed) {
    super("%d keys match, at most %d are allowed; nothing was changed".formatted(matched, allowed));
    this.matched = matched;
    this.allowed = allowed;
  }

  /** The number of keys that may match. */
  public long allowed() {
    return allowed;
  }

  /** The number of keys that match. */
  public long matched() {
    return matched;
  }
}

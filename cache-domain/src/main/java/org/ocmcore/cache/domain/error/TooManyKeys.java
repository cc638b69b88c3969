package org.ocmcore.cache.domain.error;

/** More keys match than the caller allowed. Nothing has changed. */
public final class TooManyKeys extends CacheException {
  private static final long serialVersionUID = 1;

  private final long matched;

  public TooManyKeys(long matched, long allowed) {
    super("%d keys match, max_keys allows %d; nothing was changed".formatted(matched, allowed));
    this.matched = matched;
  }

  /** The number of keys that match. */
  public long matched() {
    return matched;
  }
}

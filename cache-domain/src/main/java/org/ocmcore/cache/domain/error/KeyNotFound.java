package org.ocmcore.cache.domain.error;

/** The key does not exist. */
public final class KeyNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public KeyNotFound(String key) {
    super("Key '" + key + "' not found");
  }
}

package org.ocmcore.cache.domain.error;

/** The store holds no such key. */
public final class KeyNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public KeyNotFound(String key) {
    super("Key '" + key + "' not found");
  }
}

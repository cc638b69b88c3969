package org.ocmcore.cache.domain.error;

import org.ocmcore.cache.domain.key.CacheKey;

/** The store holds no such key. */
public final class KeyNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public KeyNotFound(CacheKey key) {
    super("Key '" + key + "' not found");
  }
}

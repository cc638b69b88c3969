package org.ocmcore.cache.domain.error;

/** Nobody may see the value of this key. */
public final class ValueHidden extends CacheException {
  private static final long serialVersionUID = 1;

  public ValueHidden(String key) {
    super("the value of key '%s' is hidden: the setting CACHE_HIDE_VALUES matches the key"
        .formatted(key));
  }
}

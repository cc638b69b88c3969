package org.ocmcore.cache.domain.error;

/** The item exceeds the store's limit. It was not sent; the older value stays. */
public final class ValueTooLarge extends CacheException {
  private static final long serialVersionUID = 1;

  /**
   * @param size of the whole item in bytes; see {@code ItemSize}
   * @param limit of the store in bytes
   */
  public ValueTooLarge(String key, long size, long limit) {
    super(
        "the item for key '%s' would take %d bytes, the store allows %d; memcached allows more with -I"
            .formatted(key, size, limit));
  }
}

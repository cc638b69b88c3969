package org.ocmcore.cache.domain.error;

/**
 * The item would be over the store's limit. It was not sent: what stood under the key still does.
 */
public final class ValueTooLarge extends CacheException {
  private static final long serialVersionUID = 1;

  /**
   * @param size bytes of the whole item, see {@code ItemSize}
   * @param limit bytes that the store allows
   */
  public ValueTooLarge(String key, long size, long limit) {
    super("the item for key '%s' would take %d bytes, the store allows %d"
        .formatted(key, size, limit));
  }
}

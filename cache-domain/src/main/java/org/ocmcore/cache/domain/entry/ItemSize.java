package org.ocmcore.cache.domain.entry;

import org.ocmcore.cache.domain.key.CacheKey;

/**
 * The size of an item in memcached, which {@code item_size_max} limits.
 *
 * <p>Source: memcached 1.6 items.c, {@code item_make_header} and {@code item_size_ok}: a header of
 * 48 bytes, 8 for the CAS number, the key and a NUL, 4 for flags unless they are 0, the value and
 * CR LF.
 */
public final class ItemSize {
  /** The default limit of memcached and of the in-memory store. */
  public static final long DEFAULT_MAX = 1024 * 1024;

  /** The bytes of flags that are not 0. */
  public static final int FLAGS = 4;

  private static final int HEADER = 48;
  private static final int CAS = 8;
  private static final int KEY_END = 1;

  private static final int VALUE_END = 2;

  private ItemSize() {}

  /** The size of the item in bytes. */
  public static long of(CacheKey key, CacheValue value) {
    return of(key, value.length(), value.flags() != 0);
  }

  /**
   * The size of the item in bytes.
   *
   * @param valueLength in bytes
   * @param hasFlags whether its flags are not 0
   */
  public static long of(CacheKey key, long valueLength, boolean hasFlags) {
    return HEADER + CAS + key.length() + KEY_END + (hasFlags ? FLAGS : 0) + valueLength + VALUE_END;
  }
}

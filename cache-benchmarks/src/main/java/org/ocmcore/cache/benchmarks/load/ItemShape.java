package org.ocmcore.cache.benchmarks.load;

/**
 * The sizes of the items that a server is filled with. Key and value of an item follow from its
 * index. No item expires.
 *
 * @param name for tables
 * @param keyBytes length of each key
 * @param valueBytes length of each value
 */
public record ItemShape(String name, int keyBytes, int valueBytes) {
  /** For walks, searches and single keys. */
  public static final ItemShape SMALL = new ItemShape("30-byte keys", 30, 32);

  /** For dumps, restores and bulk changes. */
  public static final ItemShape MEDIUM = new ItemShape("items of 100 bytes", 30, 100);

  /** What memcached stores beside key and value, with CAS. */
  private static final int ITEM_OVERHEAD = 60;

  public KeyNames keys() {
    return new KeyNames(keyBytes);
  }

  public SampleValues values() {
    return new SampleValues(valueBytes);
  }

  /** The approximate bytes of an item on a server. */
  public long itemBytes() {
    return ITEM_OVERHEAD + keyBytes + valueBytes;
  }
}

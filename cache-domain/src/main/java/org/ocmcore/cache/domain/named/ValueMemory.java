package org.ocmcore.cache.domain.named;

/**
 * The memory for values: it is asked before they are requested, for as many bytes as they may have.
 * For one thread.
 */
public interface ValueMemory {
  /** The most bytes of items, unless somebody has set another limit. */
  long MOST_BYTES = 32L * 1024 * 1024;

  /** Any number of bytes at once. */
  ValueMemory UNCOUNTED = new ValueMemory() {
    @Override
    public int room(long... sizes) {
      return sizes.length;
    }

    @Override
    public void arrived(long size) {}
  };

  /**
   * Takes room for the items that are read next, in place of what was taken and has not arrived.
   *
   * @param sizes the most bytes of each, at least one
   * @return for how many of the first there is room; 0 if what has arrived is as much as there may
   *     be, so that the others stay unread
   */
  int room(long... sizes);

  /** When this number of bytes of items has been read, no more of a list are requested. */
  default long mostBytes() {
    return MOST_BYTES;
  }

  /** Says that an item of this size has arrived. */
  void arrived(long size);
}

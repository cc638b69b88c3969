package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Refuses values that are longer than the server of one connection can store, or than the memory of
 * this program. A connection ends when its server restarts, so the server is asked once. For any
 * number of threads.
 */
final class ValueBound {
  /** The part of the heap that one value may take. */
  private static final int HEAP_PART = 4;

  private final ValueLimit limit;
  private final long room;

  /** The largest item of the server as far as it is known; the default needs no question. */
  private volatile long largestItem = ItemSize.DEFAULT_MAX;

  /** @param limit of the server; asked at the first value that is longer than the default */
  ValueBound(ValueLimit limit) {
    this(limit, Math.max(ItemSize.DEFAULT_MAX, Runtime.getRuntime().maxMemory() / HEAP_PART));
  }

  /** @param room the most bytes of a value that this program takes */
  ValueBound(ValueLimit limit, long room) {
    this.limit = limit;
    this.room = room;
  }

  /**
   * Checks the length of a value that is about to arrive.
   *
   * @param key of the item, or null if it is unknown
   * @throws ProtocolException if the value is too long
   * @throws IOException if the server does not say how large its items are
   */
  void require(long length, CacheKey key) throws IOException {
    if (length > largestItem) {
      largestItem = Math.max(largestItem, limit.bytes());
    }
    if (length > largestItem) {
      throw ProtocolException.withDetail("a value of %d bytes%s, although its largest item has %d"
          .formatted(length, ofKey(key), largestItem));
    }
    if (length > room) {
      throw ProtocolException.withoutRoom(
          "a value of %d bytes%s, and there is memory for %d".formatted(length, ofKey(key), room));
    }
  }

  private static String ofKey(CacheKey key) {
    return key == null ? "" : " for key " + ProtocolException.printable(key.toString());
  }
}

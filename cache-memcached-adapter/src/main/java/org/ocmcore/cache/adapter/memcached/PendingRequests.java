package org.ocmcore.cache.adapter.memcached;

import java.util.Arrays;
import org.ocmcore.cache.domain.key.CacheKey;

/** A queue of items whose responses are outstanding, oldest first. For one thread at a time. */
final class PendingRequests<T> {
  private Object[] items = new Object[64];
  private long[] ends = new long[items.length];
  private long[] opaques = new long[items.length];
  private CacheKey[] keys = new CacheKey[items.length];
  private int first;
  private int count;

  int size() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Adds an item at the end.
   *
   * @param end where the line of its request ends, in bytes since the first request
   * @param opaque the opaque of its request
   * @param key the key that the response repeats, or null
   */
  void add(T item, long end, long opaque, CacheKey key) {
    if (count == items.length) {
      grow();
    }
    int index = position(count);
    items[index] = item;
    ends[index] = end;
    opaques[index] = opaque;
    keys[index] = key;
    count++;
  }

  private void grow() {
    items = grown(items);
    keys = grown(keys);
    ends = grown(ends);
    opaques = grown(opaques);
  }

  private <E> E[] grown(E[] elements) {
    E[] moved = Arrays.copyOf(elements, 2 * count);
    // The ring buffer is full: its front part moves behind its old end.
    System.arraycopy(elements, 0, moved, count, first);
    Arrays.fill(moved, 0, first, null);
    return moved;
  }

  private long[] grown(long[] values) {
    long[] moved = Arrays.copyOf(values, 2 * count);
    System.arraycopy(values, 0, moved, count, first);
    return moved;
  }

  long firstEnd() {
    return ends[first];
  }

  long firstOpaque() {
    return opaques[first];
  }

  /**
   * Returns which request has this opaque: 0 is the oldest; -1 if none has it.
   *
   * @param from the first one to look at
   */
  int indexOf(long opaque, int from) {
    for (int index = from; index < count; index++) {
      if (opaques[position(index)] == opaque) {
        return index;
      }
    }
    return -1;
  }

  /** Returns where the line of a request ends, by {@link #indexOf}. */
  long end(int index) {
    return ends[position(index)];
  }

  /** Returns the key of a request by {@link #indexOf}; null if the response repeats none. */
  CacheKey key(int index) {
    return keys[position(index)];
  }

  private int position(int index) {
    return (first + index) & (items.length - 1);
  }

  /** Returns null if the response repeats no key. */
  CacheKey firstKey() {
    return keys[first];
  }

  @SuppressWarnings("unchecked") // Only add() writes to the array.
  T removeFirst() {
    T item = (T) items[first];
    items[first] = null;
    keys[first] = null;
    first = (first + 1) & (items.length - 1);
    count--;
    return item;
  }
}

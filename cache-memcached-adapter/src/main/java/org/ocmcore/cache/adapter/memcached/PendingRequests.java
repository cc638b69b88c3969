package org.ocmcore.cache.adapter.memcached;

import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.key.CacheKey;

/** A queue of items whose responses are outstanding, oldest first. For one thread at a time. */
final class PendingRequests<T> {
  private static final int PART = 64;

  private final List<Part> parts = new ArrayList<>();

  /** The place of the oldest item in the first part. */
  private int first;

  private int count;

  /**
   * A part of the queue, which is used once. One array for all items would grow old, and it takes
   * much longer to store references in an old array than in a young one.
   */
  private static final class Part {
    final Object[] items = new Object[PART];
    final CacheKey[] keys = new CacheKey[PART];
    final long[] ends = new long[PART];
    final long[] opaques = new long[PART];
  }

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
    if (first + count == parts.size() * PART) {
      parts.add(new Part());
    }
    Part part = parts.get(parts.size() - 1);
    int place = place(count);
    part.items[place] = item;
    part.ends[place] = end;
    part.opaques[place] = opaque;
    part.keys[place] = key;
    count++;
  }

  private Part part(int index) {
    return parts.get((first + index) / PART);
  }

  private int place(int index) {
    return (first + index) % PART;
  }

  long firstEnd() {
    return end(0);
  }

  long firstOpaque() {
    return part(0).opaques[first];
  }

  /**
   * Returns which request has this opaque: 0 is the oldest; -1 if none has it.
   *
   * @param from the first one to look at
   */
  int indexOf(long opaque, int from) {
    for (int index = from; index < count; index++) {
      if (part(index).opaques[place(index)] == opaque) {
        return index;
      }
    }
    return -1;
  }

  /** Returns where the line of a request ends, by {@link #indexOf}. */
  long end(int index) {
    return part(index).ends[place(index)];
  }

  /** Returns the key of a request by {@link #indexOf}; null if the response repeats none. */
  CacheKey key(int index) {
    return part(index).keys[place(index)];
  }

  /** Returns null if the response repeats no key. */
  CacheKey firstKey() {
    return key(0);
  }

  @SuppressWarnings("unchecked") // Only add() writes to the array.
  T removeFirst() {
    Part part = parts.get(0);
    T item = (T) part.items[first];
    part.items[first] = null;
    part.keys[first] = null;
    first++;
    count--;
    if (first == PART) {
      parts.remove(0);
      first = 0;
    }
    return item;
  }
}

package org.ocmcore.cache.adapter.memcached;

import java.util.Arrays;

/** Items that wait to be told, first in, first out. For one thread at a time. */
final class PendingItems<T> {
  private Object[] items = new Object[64];
  private long[] ends = new long[items.length];
  private long[] numbers = new long[items.length];
  private int first;
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Adds one behind all others.
   *
   * @param end where the question about it ends, in bytes from the first question on
   * @param number that its answer repeats
   */
  void add(T item, long end, long number) {
    if (count == items.length) {
      grow();
    }
    int at = (first + count) & (items.length - 1);
    items[at] = item;
    ends[at] = end;
    numbers[at] = number;
    count++;
  }

  private void grow() {
    Object[] moved = Arrays.copyOf(items, 2 * count);
    // What lies before the first comes behind what was the end.
    System.arraycopy(items, 0, moved, count, first);
    Arrays.fill(moved, 0, first, null);
    items = moved;
    ends = grown(ends);
    numbers = grown(numbers);
  }

  private long[] grown(long[] values) {
    long[] moved = Arrays.copyOf(values, 2 * count);
    System.arraycopy(values, 0, moved, count, first);
    return moved;
  }

  long firstEnd() {
    return ends[first];
  }

  long firstNumber() {
    return numbers[first];
  }

  @SuppressWarnings("unchecked") // Only add puts anything in.
  T removeFirst() {
    T item = (T) items[first];
    items[first] = null;
    first = (first + 1) & (items.length - 1);
    count--;
    return item;
  }
}

package org.ocmcore.cache.domain.changes;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest changes, for any number of threads. A writer never waits: it overwrites the oldest
 * change, whether or not all readers have read it. Each reader reads at its own pace, and learns
 * how many changes it has missed.
 */
final class ChangeLog {
  private final AtomicReferenceArray<Entry> entries;
  private final int mask;

  /** The position of the next change. */
  private final AtomicLong end = new AtomicLong();

  /** @param capacity the number of changes that it keeps, a power of 2, at least 8 */
  ChangeLog(int capacity) {
    this.entries = new AtomicReferenceArray<>(capacity);
    this.mask = capacity - 1;
  }

  private static final class Entry {
    private final KeyChange change;
    private long position;

    Entry(KeyChange change) {
      this.change = change;
    }

    static Entry newer(Entry before, Entry now) {
      return before == null || before.position < now.position ? now : before;
    }
  }

  void add(KeyChange change) {
    // Nothing can fail once the position is taken: readers wait for its change.
    Entry entry = new Entry(change);
    entry.position = end.getAndIncrement();
    // A writer that was suspended must not overwrite what others have written a round later.
    entries.accumulateAndGet(index(entry.position), entry, Entry::newer);
  }

  private int index(long position) {
    return (int) (position & mask);
  }

  /** A reader of the changes that come from now on. */
  Reader reader() {
    return new Reader(end.get());
  }

  /** Reads one change after the other. For one thread at a time. */
  final class Reader {
    private long position;
    private long missed;

    private Reader(long position) {
      this.position = position;
    }

    /** The position behind the newest change. */
    long end() {
      return end.get();
    }

    /** The next change before this position; null if there is none yet. */
    KeyChange next(long limit) {
      while (position < limit) {
        Entry entry = entries.get(index(position));
        if (entry == null || entry.position < position) {
          return null;
        }
        if (entry.position == position) {
          position++;
          return entry.change;
        }
        skip();
      }
      return null;
    }

    /** Goes on behind the changes that are overwritten or soon will be. */
    private void skip() {
      int capacity = mask + 1;
      long next = Math.max(position + 1, end.get() - capacity + capacity / 8);
      missed += next - position;
      position = next;
    }

    /** The number of changes that were overwritten before they were read, since the last call. */
    long takeMissed() {
      long taken = missed;
      missed = 0;
      return taken;
    }
  }
}

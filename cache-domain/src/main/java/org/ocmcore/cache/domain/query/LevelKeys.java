package org.ocmcore.cache.domain.query;

import java.util.Arrays;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.key.KeyRange;

/** The keys of a level, in order. For use by one thread. */
interface LevelKeys {
  /** Moves to the next key; returns false if there is none. */
  boolean next();

  /** The current key. Callers must not move the cursor. */
  KeyCursor key();

  /**
   * Adds up the current key and those behind it that belong to a range with it. The {@link #next}
   * key is then the first that does not.
   */
  RangeSummary sum(KeyRange range);

  /** All keys of a cursor; their sums cost little. */
  static LevelKeys of(KeyCursor cursor) {
    return new LevelKeys() {
      @Override
      public boolean next() {
        return cursor.next();
      }

      @Override
      public KeyCursor key() {
        return cursor;
      }

      @Override
      public RangeSummary sum(KeyRange range) {
        return range.isOpen() ? cursor.sumToEnd() : cursor.sumBelow(range.to());
      }
    };
  }

  /** Only the keys that match; their sums visit each. */
  static LevelKeys of(Matches matches) {
    return new LevelKeys() {
      /** Whether the cursor is on a key that {@link #next} has not returned. */
      private boolean isAhead;

      @Override
      public boolean next() {
        if (isAhead) {
          isAhead = false;
          return true;
        }
        return matches.next();
      }

      @Override
      public KeyCursor key() {
        return matches.key();
      }

      @Override
      public RangeSummary sum(KeyRange range) {
        long keys = 0;
        long bytes = 0;
        long never = 0;
        do {
          KeyCursor key = matches.key();
          if (!range.contains(Arrays.copyOfRange(key.bytes(), key.from(), key.to()))) {
            isAhead = true;
            break;
          }
          keys++;
          bytes += key.size();
          never += key.expirySecond() == Long.MAX_VALUE ? 1 : 0;
        } while (matches.next());
        return new RangeSummary(keys, bytes, never);
      }
    };
  }
}

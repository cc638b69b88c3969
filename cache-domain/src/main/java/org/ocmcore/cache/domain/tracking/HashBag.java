package org.ocmcore.cache.domain.tracking;

import java.util.Arrays;

/**
 * A bag of 64-bit hashes: one that was added twice is removed twice. Open addressing, at most half
 * full. For use by one thread.
 */
final class HashBag {
  private static final int FEW = 32;

  /** Stands for no hash. */
  private static final long NONE = 0;

  /** Stands for a hash that is {@link #NONE}. */
  private static final long ZERO = 1;

  private long[] table;
  private int size;

  HashBag() {
    this(FEW);
  }

  /** @param expected how many hashes it takes before it must grow, rounded up to a power of 2 */
  HashBag(int expected) {
    table = new long[2 * Integer.highestOneBit(2 * expected - 1)];
  }

  int size() {
    return size;
  }

  /** Removes all, and keeps the memory for as many others. */
  void clear() {
    Arrays.fill(table, NONE);
    size = 0;
  }

  void add(long hash) {
    if (2 * size >= table.length) {
      grow();
    }
    insert(hash == NONE ? ZERO : hash);
    size++;
  }

  private void grow() {
    long[] former = table;
    table = new long[2 * former.length];
    for (long hash : former) {
      if (hash != NONE) {
        insert(hash);
      }
    }
  }

  private void insert(long hash) {
    int place = home(hash);
    while (table[place] != NONE) {
      place = place + 1 & table.length - 1;
    }
    table[place] = hash;
  }

  private int home(long hash) {
    return (int) hash & table.length - 1;
  }

  /** Removes a hash once; returns false if it is not there. */
  boolean remove(long given) {
    long hash = given == NONE ? ZERO : given;
    int place = home(hash);
    while (table[place] != hash) {
      if (table[place] == NONE) {
        return false;
      }
      place = place + 1 & table.length - 1;
    }
    close(place);
    size--;
    return true;
  }

  /** Empties a place, and moves hashes behind it that would not be found any more. */
  private void close(int emptied) {
    int hole = emptied;
    int place = hole;
    while (true) {
      place = place + 1 & table.length - 1;
      if (table[place] == NONE) {
        table[hole] = NONE;
        return;
      }
      int distance = place - home(table[place]) & table.length - 1;
      if (distance >= (place - hole & table.length - 1)) {
        table[hole] = table[place];
        hole = place;
      }
    }
  }
}

package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.List;

/** A growing list of cursor positions, 8 bytes each. For use by one thread. */
final class Positions {
  private static final int SHIFT = 13;
  private static final int CHUNK = 1 << SHIFT;

  private final List<long[]> chunks = new ArrayList<>();
  private long size;

  void add(long position) {
    int offset = (int) (size & CHUNK - 1);
    if (offset == 0) {
      chunks.add(new long[CHUNK]);
    }
    chunks.get(chunks.size() - 1)[offset] = position;
    size++;
  }

  long get(long index) {
    return chunks.get((int) (index >> SHIFT))[(int) (index & CHUNK - 1)];
  }

  long size() {
    return size;
  }
}

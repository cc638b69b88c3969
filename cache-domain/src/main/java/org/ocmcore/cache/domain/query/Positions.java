package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** A growing list of cursor positions, 8 bytes each. For use by one thread. */
final class Positions {
  private static final int SHIFT = 13;
  private static final int CHUNK = 1 << SHIFT;

  private final List<long[]> chunks = new ArrayList<>();
  private final LongConsumer memory;
  private long size;

  /** In memory that nobody counts. */
  Positions() {
    this(bytes -> {});
  }

  /** @param memory takes what they need beyond the first {@value #CHUNK} */
  Positions(LongConsumer memory) {
    this.memory = memory;
  }

  void add(long position) {
    int offset = (int) (size & CHUNK - 1);
    if (offset == 0) {
      if (size > 0) {
        memory.accept(Long.BYTES * CHUNK);
      }
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

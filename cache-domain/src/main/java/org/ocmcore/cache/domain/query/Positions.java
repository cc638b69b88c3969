package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/** A growing list of cursor positions, 8 bytes each. For use by one thread. */
final class Positions {
  private static final int SHIFT = 13;
  private static final int CHUNK = 1 << SHIFT;

  /** The first chunk grows, since many lists are short. */
  private static final int FIRST = 4;

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
      chunks.add(new long[size == 0 ? FIRST : CHUNK]);
    } else if (size == chunks.get(0).length) {
      chunks.set(0, Arrays.copyOf(chunks.get(0), Math.min(CHUNK, 2 * (int) size)));
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

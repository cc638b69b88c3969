package org.ocmcore.cache.domain.index;

import java.util.List;

/** Adjacent blocks. Immutable and never empty. */
final class Branch {
  /** A branch with more blocks is split. */
  static final int MAX_BLOCKS = 128;

  private final Block[] blocks;
  private final BlockSummary sums;
  private final long weight;

  Branch(List<Block> blocks) {
    this.blocks = blocks.toArray(Block[]::new);
    this.sums = BlockSummary.of(this.blocks);
    this.weight = blocks.stream().mapToLong(Block::weight).sum();
  }

  int size() {
    return blocks.length;
  }

  Block block(int index) {
    return blocks[index];
  }

  Block last() {
    return blocks[blocks.length - 1];
  }

  /** The bytes of heap that it uses. */
  long weight() {
    return weight;
  }

  BlockSummary sums() {
    return sums;
  }

  /** The first block that does not end below this key; {@link #size} if there is none. */
  int ceiling(byte[] key, int from, int to) {
    int first = 0;
    int last = blocks.length;
    while (first < last) {
      int middle = (first + last) >>> 1;
      if (blocks[middle].endsBelow(key, from, to)) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }
}

package org.ocmcore.cache.domain.index;

/**
 * The sum over adjacent keys, so that counting need not visit them.
 *
 * @param keys the number of keys: neither tombstones nor misplaced copies, expired or not
 * @param bytes of their items
 * @param never the number of keys that never expire
 * @param firstEnd when the first of them expires, as an unsigned int; see {@link KeyMetadata#NEVER}
 */
record BlockSummary(long keys, long bytes, long never, long firstEnd) {
  static final BlockSummary NONE =
      new BlockSummary(0, 0, 0, Integer.toUnsignedLong(KeyMetadata.NEVER));

  static BlockSummary of(int[] metadata) {
    long keys = 0;
    long bytes = 0;
    long never = 0;
    long firstEnd = NONE.firstEnd;
    for (int i = 0; i < metadata.length; i += KeyMetadata.COUNT) {
      if (KeyMetadata.counts(metadata[i + KeyMetadata.TAG])) {
        long expiry = Integer.toUnsignedLong(metadata[i + KeyMetadata.EXPIRY]);
        keys++;
        bytes += Integer.toUnsignedLong(metadata[i + KeyMetadata.SIZE]);
        never += metadata[i + KeyMetadata.EXPIRY] == KeyMetadata.NEVER ? 1 : 0;
        firstEnd = Math.min(firstEnd, expiry);
      }
    }
    return new BlockSummary(keys, bytes, never, firstEnd);
  }

  static BlockSummary of(Block[] blocks) {
    long keys = 0;
    long bytes = 0;
    long never = 0;
    long firstEnd = NONE.firstEnd;
    for (Block block : blocks) {
      BlockSummary sums = block.sums();
      keys += sums.keys;
      bytes += sums.bytes;
      never += sums.never;
      firstEnd = Math.min(firstEnd, sums.firstEnd);
    }
    return new BlockSummary(keys, bytes, never, firstEnd);
  }

  BlockSummary plus(BlockSummary other) {
    return new BlockSummary(
        keys + other.keys,
        bytes + other.bytes,
        never + other.never,
        Math.min(firstEnd, other.firstEnd));
  }

  /** Whether none of the keys has expired at this time. */
  boolean allLiveAt(long epochSecond) {
    return firstEnd > epochSecond;
  }
}

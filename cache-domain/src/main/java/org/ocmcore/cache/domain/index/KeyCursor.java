package org.ocmcore.cache.domain.index;

import java.time.Instant;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * Iterates over the keys of an index in order. It starts before the first key; {@link #next} moves
 * it. The other methods describe the key at its position. For use by one thread.
 */
public final class KeyCursor {
  private final KeyTree tree;
  private final ServerTable servers;
  private final long now;
  private final boolean withStrays;

  /** The end of the range; null if there is none. */
  private final byte[] to;

  /** The position of the current block. */
  private int branch;

  private int blockIndex;

  /** The current block; null if there are no more keys. */
  private Block block;

  private int index;

  /** Whether the cursor is on the entry; otherwise it is behind it. */
  private boolean stands;

  /** The first entry of the block behind the range. */
  private int end;

  KeyCursor(KeyTree tree, ServerTable servers, KeyRange range, Instant now, boolean withStrays) {
    this.tree = tree;
    this.servers = servers;
    this.now = now.getEpochSecond();
    this.withStrays = withStrays;
    this.to = range.isOpen() ? null : range.to();
    goTo(range.from());
  }

  /** Moves before the first key that is not below this one. */
  private void goTo(byte[] key) {
    branch = tree.ceiling(key, 0, key.length);
    blockIndex = branch < tree.size() ? tree.branch(branch).ceiling(key, 0, key.length) : 0;
    enterBlock();
    index = block == null ? -1 : block.ceiling(0, key, 0, key.length) - 1;
    stands = false;
  }

  private void enterBlock() {
    if (branch == tree.size()) {
      block = null;
      return;
    }
    block = tree.branch(branch).block(blockIndex);
    index = -1;
    end = isBelowEnd(block) ? block.size() : block.ceiling(0, to, 0, to.length);
  }

  private boolean isBelowEnd(Block whole) {
    return to == null || whole.endsBelow(to, 0, to.length);
  }

  private void leaveBlock() {
    if (end < block.size()) {
      block = null;
      return;
    }
    blockIndex++;
    if (blockIndex == tree.branch(branch).size()) {
      blockIndex = 0;
      branch++;
    }
    enterBlock();
  }

  /** Moves to the next key; returns false if there is none. */
  public boolean next() {
    while (block != null) {
      while (++index < end) {
        if (isWanted()) {
          stands = true;
          return true;
        }
      }
      leaveBlock();
    }
    stands = false;
    return false;
  }

  private boolean isWanted() {
    int tag = block.tag(index);
    return (withStrays ? !KeyMetadata.is(tag, KeyMetadata.TOMBSTONE) : KeyMetadata.counts(tag))
        && Integer.toUnsignedLong(block.fact(index, KeyMetadata.EXPIRY)) > now;
  }

  /**
   * Adds up the key at the cursor, if there is one, and the keys behind it that are below these
   * bytes. The {@link #next} key is then the first that is not. Skips blocks whose keys all live.
   *
   * @throws IllegalStateException if the cursor visits misplaced copies
   */
  public RangeSummary sumBelow(byte[] bound) {
    return sum(bound);
  }

  /** Adds up all keys that follow, as {@link #sumBelow}; there is no {@link #next} key then. */
  public RangeSummary sumToEnd() {
    return sum(null);
  }

  private RangeSummary sum(byte[] bound) {
    if (withStrays) {
      throw new IllegalStateException("strays cannot be added up");
    }
    long keys = 0;
    long bytes = 0;
    long never = 0;
    if (stands) {
      index--;
      stands = false;
    }
    while (block != null) {
      BlockSummary whole = skipWhole(bound);
      if (whole != null) {
        keys += whole.keys();
        bytes += whole.bytes();
        never += whole.never();
        continue;
      }
      int stop =
          bound == null ? end : Math.min(end, block.ceiling(index + 1, bound, 0, bound.length));
      while (++index < stop) {
        if (isWanted()) {
          keys++;
          bytes += size();
          never += block.fact(index, KeyMetadata.EXPIRY) == KeyMetadata.NEVER ? 1 : 0;
        }
      }
      if (stop < end) {
        index--;
        break;
      }
      leaveBlock();
    }
    return new RangeSummary(keys, bytes, never);
  }

  /** Skips the branch or block that begins here if all of it is wanted; otherwise returns null. */
  private BlockSummary skipWhole(byte[] bound) {
    if (index >= 0) {
      return null;
    }
    Branch wholeBranch = tree.branch(branch);
    if (blockIndex == 0 && isWanted(wholeBranch.last(), wholeBranch.sums(), bound)) {
      branch++;
      enterBlock();
      return wholeBranch.sums();
    }
    Block wholeBlock = block;
    if (isWanted(wholeBlock, wholeBlock.sums(), bound)) {
      leaveBlock();
      return wholeBlock.sums();
    }
    return null;
  }

  private boolean isWanted(Block last, BlockSummary sums, byte[] bound) {
    return sums.allLiveAt(now)
        && isBelowEnd(last)
        && (bound == null || last.endsBelow(bound, 0, bound.length));
  }

  /** An array that contains the key. Callers must not change it. */
  public byte[] bytes() {
    return block.keys();
  }

  /** Where the key begins in {@link #bytes}. */
  public int from() {
    return block.start(index);
  }

  /** Where the key ends in {@link #bytes}. */
  public int to() {
    return block.end(index);
  }

  /** When the key expires. */
  public Expiry expiry() {
    return KeyMetadata.expiry(block.fact(index, KeyMetadata.EXPIRY));
  }

  /** When the key expires, in seconds since the epoch; {@link Long#MAX_VALUE} if never. */
  public long expirySecond() {
    int expiry = block.fact(index, KeyMetadata.EXPIRY);
    return expiry == KeyMetadata.NEVER ? Long.MAX_VALUE : Integer.toUnsignedLong(expiry);
  }

  /** The size of the whole item in bytes. */
  public long size() {
    return Integer.toUnsignedLong(block.fact(index, KeyMetadata.SIZE));
  }

  /** The flags of the item, 0 to 2^32-1, or {@link KeyInfo#UNKNOWN}. */
  public long flags() {
    return KeyMetadata.flags(block.fact(index, KeyMetadata.FLAGS));
  }

  /** The last read or write, in seconds since the epoch, or {@link KeyInfo#UNKNOWN}. */
  public long lastAccess() {
    return KeyMetadata.access(block.fact(index, KeyMetadata.ACCESS));
  }

  /** Whether the value was read since it was stored. */
  public boolean isFetched() {
    return KeyMetadata.is(block.tag(index), KeyMetadata.FETCHED);
  }

  /** The position of the server that holds it among {@link KeyIndex#servers}, from 0. */
  public int serverNumber() {
    return servers.position(KeyMetadata.server(block.tag(index)));
  }

  /** The server that holds it. */
  public String server() {
    return servers.server(KeyMetadata.server(block.tag(index)));
  }

  /** The number of servers that hold the key, at least one. */
  public int copies() {
    if (servers.areOne()) {
      return 1;
    }
    // Blocks never separate copies of one key.
    int first = index;
    while (first > 0 && isSameKey(first - 1)) {
      first--;
    }
    int copies = 0;
    for (int i = first; i < block.size() && isSameKey(i); i++) {
      copies += isLive(i) ? 1 : 0;
    }
    return copies;
  }

  private boolean isSameKey(int other) {
    return block.holds(other, bytes(), from(), to());
  }

  private boolean isLive(int other) {
    return !KeyMetadata.is(block.tag(other), KeyMetadata.TOMBSTONE)
        && Integer.toUnsignedLong(block.fact(other, KeyMetadata.EXPIRY)) > now;
  }

  /** The key. */
  public CacheKey key() {
    return CacheKey.ofBytes(bytes(), from(), to());
  }

  /** Everything that is known about the key. */
  public KeyInfo info() {
    return new KeyInfo(key(), expiry(), size(), flags(), lastAccess(), isFetched(), server());
  }

  /** The position, for {@link #goTo}. */
  public long position() {
    return ((long) branch * Branch.MAX_BLOCKS + blockIndex) << Integer.SIZE | index;
  }

  /**
   * Moves to a key by its position.
   *
   * @param position from {@link #position} of a cursor on the same index
   */
  public void goTo(long position) {
    long blocks = position >>> Integer.SIZE;
    branch = (int) (blocks / Branch.MAX_BLOCKS);
    blockIndex = (int) (blocks % Branch.MAX_BLOCKS);
    enterBlock();
    index = (int) position;
    stands = true;
  }
}

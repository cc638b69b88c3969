package org.ocmcore.cache.domain.index;

import java.time.Instant;
import java.util.Arrays;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * Goes over keys of an index in order. It begins before the first; {@link #next} goes to the next
 * one, and what the others tell is of the key where it stands. For one thread.
 */
public final class KeyCursor {
  private final KeyTree tree;
  private final ServerTable servers;
  private final long now;
  private final boolean withStrays;

  /** Where the range ends, or null. */
  private final byte[] to;

  /** Of the block at hand. */
  private int branch;

  private int place;

  /** Null when there are no more keys. */
  private Block block;

  private int index;

  /** Whether the cursor is on that entry, or else behind it. */
  private boolean stands;

  /** The first entry of the block that is behind the range. */
  private int end;

  KeyCursor(KeyTree tree, ServerTable servers, KeyRange range, Instant now, boolean withStrays) {
    this.tree = tree;
    this.servers = servers;
    this.now = now.getEpochSecond();
    this.withStrays = withStrays;
    this.to = range.isOpen() ? null : range.to();
    goTo(range.from());
  }

  /** Before the first key that is not below. */
  private void goTo(byte[] key) {
    branch = tree.ceiling(key, 0, key.length);
    place = branch < tree.size() ? tree.branch(branch).ceiling(key, 0, key.length) : 0;
    enterBlock();
    index = block == null ? -1 : block.ceiling(0, key, 0, key.length) - 1;
    stands = false;
  }

  private void enterBlock() {
    if (branch == tree.size()) {
      block = null;
      return;
    }
    block = tree.branch(branch).block(place);
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
    place++;
    if (place == tree.branch(branch).size()) {
      place = 0;
      branch++;
    }
    enterBlock();
  }

  /** Goes to the next key; false if there is none. */
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
   * Adds up the key where the cursor stands, if it stands on one, and those that follow, as far as
   * they are below these bytes. The {@link #next} key is then the first that is not. Blocks of
   * which all keys live are not looked into.
   *
   * @throws IllegalStateException if this visits strays
   */
  public RangeSummary sumBelow(byte[] bound) {
    return sum(bound);
  }

  /** Adds up, as {@link #sumBelow}, all that follows; there is no {@link #next} key then. */
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

  /**
   * Steps over the branch or block that begins here if all of it is wanted; null, and no step, if
   * not.
   */
  private BlockSummary skipWhole(byte[] bound) {
    if (index >= 0) {
      return null;
    }
    Branch wholeBranch = tree.branch(branch);
    if (place == 0 && isWanted(wholeBranch.last(), wholeBranch.sums(), bound)) {
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

  /** The bytes among which those of the key are; not to be changed. */
  public byte[] bytes() {
    return block.keys();
  }

  /** Where the key begins in {@link #bytes}. */
  public int from() {
    return block.start(index);
  }

  /** Where the key has ended in {@link #bytes}. */
  public int to() {
    return block.end(index);
  }

  /** When it expires. */
  public Expiry expiry() {
    return KeyMetadata.expiry(block.fact(index, KeyMetadata.EXPIRY));
  }

  /** When it expires, in seconds since the epoch; {@link Long#MAX_VALUE}: never. */
  public long expirySecond() {
    int expiry = block.fact(index, KeyMetadata.EXPIRY);
    return expiry == KeyMetadata.NEVER ? Long.MAX_VALUE : Integer.toUnsignedLong(expiry);
  }

  /** Bytes that the whole item takes. */
  public long size() {
    return Integer.toUnsignedLong(block.fact(index, KeyMetadata.SIZE));
  }

  /** When it was last read or written, in seconds since the epoch, or {@link KeyInfo#UNKNOWN}. */
  public long lastAccess() {
    return KeyMetadata.access(block.fact(index, KeyMetadata.ACCESS));
  }

  /** Whether its value was read since it was stored. */
  public boolean isFetched() {
    return KeyMetadata.is(block.tag(index), KeyMetadata.FETCHED);
  }

  /** The number of the server that holds it, in the order of configuration, from 0. */
  public int serverNumber() {
    return KeyMetadata.server(block.tag(index));
  }

  /** The server that holds it. */
  public String server() {
    return servers.server(serverNumber());
  }

  /** The key. */
  public CacheKey key() {
    return CacheKey.ofBytes(Arrays.copyOfRange(bytes(), from(), to()));
  }

  /** All that is known of it. */
  public KeyInfo info() {
    return new KeyInfo(key(), expiry(), size(), lastAccess(), isFetched(), server());
  }

  /** Where the cursor stands, to come back by {@link #goTo}. */
  public long position() {
    return ((long) branch * Branch.MAX_BLOCKS + place) << Integer.SIZE | index;
  }

  /**
   * Goes to a key where a cursor of the same index stood.
   *
   * @param position that this cursor's {@link #position} gave
   */
  public void goTo(long position) {
    long blocks = position >>> Integer.SIZE;
    branch = (int) (blocks / Branch.MAX_BLOCKS);
    place = (int) (blocks % Branch.MAX_BLOCKS);
    enterBlock();
    index = (int) position;
    stands = true;
  }
}

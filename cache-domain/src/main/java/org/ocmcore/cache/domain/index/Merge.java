package org.ocmcore.cache.domain.index;

import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;

/**
 * Applies changes to blocks. Decides what is right if a walk, a feed and our own writes report
 * different things about the same key. For use by one thread.
 *
 * <ul>
 *   <li>An event since the begin of a walk is newer than what the walk visited.
 *   <li>What a walk visited before a flush does not count.
 *   <li>An event that is older than the known state changes nothing: feeds are late.
 *   <li>A removed key leaves a {@link KeyMetadata#TOMBSTONE} while older changes may still come.
 * </ul>
 */
final class Merge {
  private static final long MICROS = 1_000_000;

  private final ChangeBatch changes;
  private final WalkEpochs epochs;
  private final BlockBuilder blocks;

  /** The metadata of the current copy. */
  private final int[] metadata = new int[KeyMetadata.COUNT];

  private boolean known;

  Merge(ChangeBatch changes, WalkEpochs epochs, BlockBuilder blocks) {
    this.changes = changes;
    this.epochs = epochs;
    this.blocks = blocks;
  }

  /** Adds changes from one rank to another where the index has no keys. */
  void add(int from, int to) {
    int rank = from;
    while (rank < to) {
      known = false;
      rank = apply(rank, to);
    }
  }

  /** Adds a block with all changes that belong there. */
  void add(Block block, int from, int to) {
    if (from == to) {
      blocks.add(block);
      return;
    }
    if (blocks.isAtEdge() && changeFacts(block, from, to)) {
      return;
    }
    int at = 0;
    int rank = from;
    while (rank < to) {
      int index = index(block, at, rank);
      blocks.add(block, at, index);
      known = isThere(block, index, rank);
      if (known) {
        load(block, index);
      }
      at = known ? index + 1 : index;
      rank = apply(rank, to);
    }
    blocks.add(block, at, block.size());
  }

  /**
   * Handles the common case: all keys are known and stay, so that the new block can share them.
   *
   * @return false if that is not the case; nothing has happened then
   */
  private boolean changeFacts(Block block, int from, int to) {
    int at = index(block, 0, from);
    if (!isThere(block, at, from)) {
      // Before anything is copied: in a large batch of new keys, the first one of most is new.
      return false;
    }
    int[] changed = block.metadata().clone();
    int rank = from;
    while (rank < to) {
      at = index(block, at, rank);
      if (!isThere(block, at, rank)) {
        return false;
      }
      load(block, at);
      boolean wasDead = KeyMetadata.is(metadata[KeyMetadata.TAG], KeyMetadata.TOMBSTONE);
      int next = settle(rank, to);
      if (!known || wasDead != KeyMetadata.is(metadata[KeyMetadata.TAG], KeyMetadata.TOMBSTONE)) {
        return false;
      }
      System.arraycopy(metadata, 0, changed, at * KeyMetadata.COUNT, KeyMetadata.COUNT);
      rank = next;
    }
    blocks.add(block.with(changed));
    return true;
  }

  private int index(Block block, int low, int rank) {
    byte[] key = changes.keys();
    int start = changes.start(rank);
    int end = changes.end(rank);
    int index = block.ceiling(low, key, start, end);
    while (block.holds(index, key, start, end)
        && KeyMetadata.server(block.tag(index)) < changes.server(rank)) {
      index++;
    }
    return index;
  }

  private boolean isThere(Block block, int index, int rank) {
    return block.holds(index, changes.keys(), changes.start(rank), changes.end(rank))
        && KeyMetadata.server(block.tag(index)) == changes.server(rank);
  }

  private void load(Block block, int index) {
    System.arraycopy(block.metadata(), index * KeyMetadata.COUNT, metadata, 0, KeyMetadata.COUNT);
    known = true;
  }

  private int apply(int rank, int to) {
    int next = settle(rank, to);
    if (known) {
      blocks.add(changes.keys(), changes.start(rank), changes.end(rank), metadata);
    }
    return next;
  }

  /** Applies all changes of one copy; returns the rank of the next copy. */
  private int settle(int rank, int to) {
    int next = rank;
    do {
      consider(next++);
    } while (next < to && changes.isSameCopy(rank, next));
    return next;
  }

  private void consider(int rank) {
    Kind kind = changes.kind(rank);
    if (kind == Kind.WALK) {
      applyWalk(rank);
    } else if (!isOld(rank)) {
      switch (kind) {
        case STORED -> replace(rank, KeyMetadata.EVENT);
        case FEED -> applyFeed(rank);
        case TOUCHED -> touch(rank);
        default -> remove(rank);
      }
    }
  }

  private void applyWalk(int rank) {
    int walk = epochs.number(changes.server(rank));
    boolean changedSince = known
        && KeyMetadata.is(metadata[KeyMetadata.TAG], KeyMetadata.EVENT)
        && KeyMetadata.walk(metadata[KeyMetadata.TAG]) == walk;
    if (!changedSince && changes.moment(rank) == walk) {
      replace(rank, 0);
    }
  }

  /** Whether the index knows something newer. */
  private boolean isOld(int rank) {
    int server = changes.server(rank);
    if (changes.moment(rank) < epochs.flushed(server)) {
      return true;
    }
    if (!known) {
      return false;
    }
    if (KeyMetadata.is(metadata[KeyMetadata.TAG], KeyMetadata.TOMBSTONE)) {
      return changes.moment(rank)
          < KeyMetadata.removed(metadata[KeyMetadata.EXPIRY], metadata[KeyMetadata.ACCESS]);
    }
    return KeyMetadata.is(metadata[KeyMetadata.TAG], KeyMetadata.EVENT)
        && metadata[KeyMetadata.ACCESS] != KeyMetadata.UNKNOWN
        && changes.moment(rank) / MICROS < KeyMetadata.access(metadata[KeyMetadata.ACCESS]);
  }

  private void replace(int rank, int mark) {
    replace(rank, mark, changes.fact(rank, KeyMetadata.SIZE));
  }

  /** A value that seems to lack flags still has them: clients keep to their flags. */
  private void applyFeed(int rank) {
    int size = changes.fact(rank, KeyMetadata.SIZE);
    // Not &&: Java drops compiled code when it takes a branch for the first time.
    boolean lacksFlags = isThere() & metadata[KeyMetadata.SIZE] - size == ItemSize.FLAGS;
    replace(rank, KeyMetadata.EVENT, lacksFlags ? metadata[KeyMetadata.SIZE] : size);
  }

  private boolean isThere() {
    return known && !KeyMetadata.is(metadata[KeyMetadata.TAG], KeyMetadata.TOMBSTONE);
  }

  /** Flags that are not reported are the known ones, if the size is the same. */
  private void replace(int rank, int mark, int size) {
    int flags = changes.fact(rank, KeyMetadata.FLAGS);
    if (flags == KeyMetadata.UNKNOWN && isThere() && metadata[KeyMetadata.SIZE] == size) {
      flags = metadata[KeyMetadata.FLAGS];
    }
    metadata[KeyMetadata.EXPIRY] = changes.fact(rank, KeyMetadata.EXPIRY);
    metadata[KeyMetadata.ACCESS] = changes.fact(rank, KeyMetadata.ACCESS);
    metadata[KeyMetadata.SIZE] = size;
    metadata[KeyMetadata.FLAGS] = flags;
    int stray = known ? metadata[KeyMetadata.TAG] & KeyMetadata.MISPLACED : 0;
    int fetched = changes.fact(rank, KeyMetadata.TAG) & KeyMetadata.FETCHED;
    tag(rank, stray | fetched | mark);
    known = true;
  }

  private void touch(int rank) {
    if (isThere()) {
      metadata[KeyMetadata.EXPIRY] = changes.fact(rank, KeyMetadata.EXPIRY);
      metadata[KeyMetadata.ACCESS] = changes.fact(rank, KeyMetadata.ACCESS);
      int fetched = changes.fact(rank, KeyMetadata.TAG) & KeyMetadata.FETCHED;
      tag(rank, KeyMetadata.marks(metadata[KeyMetadata.TAG]) | fetched | KeyMetadata.EVENT);
    }
  }

  private void remove(int rank) {
    if (!epochs.needsTraces(changes.server(rank))) {
      known = false;
      return;
    }
    metadata[KeyMetadata.SIZE] = 0;
    metadata[KeyMetadata.FLAGS] = 0;
    metadata[KeyMetadata.EXPIRY] = (int) (changes.moment(rank) >>> Integer.SIZE);
    metadata[KeyMetadata.ACCESS] = (int) changes.moment(rank);
    tag(rank, KeyMetadata.TOMBSTONE | KeyMetadata.EVENT);
    known = true;
  }

  private void tag(int rank, int marks) {
    int server = changes.server(rank);
    metadata[KeyMetadata.TAG] = KeyMetadata.tag(server, epochs.number(server), marks);
  }
}

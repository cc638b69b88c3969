package org.ocmcore.cache.domain.index;

import java.util.List;

/**
 * All copies of all keys, in order, as branches of blocks. Immutable: a change creates a new tree
 * that shares the unchanged parts. Readers keep a consistent tree and never wait.
 *
 * <p>A large change is made in steps of a few branches. So the old and the new tree are never both
 * in memory as a whole, and small changes can come in between.
 */
final class KeyTree {
  /** The most branches that one step changes. */
  private static final int STEP = 4;

  /** A branch with fewer blocks is joined with the next one. */
  private static final int MIN_BLOCKS = Branch.MAX_BLOCKS / 4;

  static final byte[] START = {};

  static final KeyTree EMPTY = new KeyTree(new Branch[0]);

  private final Branch[] branches;

  private KeyTree(Branch[] branches) {
    this.branches = branches;
  }

  int size() {
    return branches.length;
  }

  Branch branch(int index) {
    return branches[index];
  }

  /** The bytes of heap that it uses. */
  long weight() {
    long weight = 0;
    for (Branch branch : branches) {
      weight += branch.weight();
    }
    return weight;
  }

  BlockSummary sums() {
    BlockSummary sum = BlockSummary.NONE;
    for (Branch branch : branches) {
      sum = sum.plus(branch.sums());
    }
    return sum;
  }

  /** The first branch that does not end below this key; {@link #size} if there is none. */
  int ceiling(byte[] key, int from, int to) {
    int first = 0;
    int last = branches.length;
    while (first < last) {
      int middle = (first + last) >>> 1;
      if (branches[middle].last().endsBelow(key, from, to)) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }

  /**
   * Merges sorted changes from this rank on, in part or as a whole.
   *
   * @param blocks an empty builder; it is empty again afterwards
   * @return the new tree, and the rank where the next step starts; the size of the batch if all is
   *     merged
   */
  Merged merge(ChangeBatch changes, int rank, WalkEpochs epochs, BlockBuilder blocks) {
    Merge merge = new Merge(changes, epochs, blocks);
    if (branches.length == 0) {
      merge.add(rank, changes.size());
      return new Merged(replace(0, 0, blocks.replace()), changes.size());
    }
    // What is above the last key belongs behind it.
    int first = Math.min(
        branches.length - 1, ceiling(changes.keys(), changes.start(rank), changes.end(rank)));
    int index = first;
    int at = rank;
    while (index < branches.length
        && (index < first + STEP && at < changes.size() || blocks.count() < MIN_BLOCKS)) {
      at = merge(changes, at, index, merge, blocks);
      index++;
    }
    return new Merged(replace(first, index, blocks.replace()), at);
  }

  /** Merges what belongs into one branch; returns the rank of the first change that does not. */
  private int merge(ChangeBatch changes, int rank, int index, Merge merge, BlockBuilder blocks) {
    Branch branch = branches[index];
    int at = rank;
    for (int i = 0; i < branch.size(); i++) {
      int changed = changed(branch, changes, at);
      for (; i < changed; i++) {
        blocks.add(branch.block(i));
      }
      if (i < branch.size()) {
        int end = endOf(changes, at, index, i);
        merge.add(branch.block(i), at, end);
        at = end;
      }
    }
    return at;
  }

  /** The block where the next change belongs, or the last block. */
  private static int changed(Branch branch, ChangeBatch changes, int at) {
    if (at == changes.size()) {
      return branch.size();
    }
    int block = branch.ceiling(changes.keys(), changes.start(at), changes.end(at));
    return Math.min(branch.size() - 1, block);
  }

  /** The end of the changes that belong before the block that follows this one. */
  private int endOf(ChangeBatch changes, int from, int branch, int block) {
    boolean isLastOfBranch = block + 1 == branches[branch].size();
    if (isLastOfBranch && branch + 1 == branches.length) {
      return changes.size();
    }
    Block next = isLastOfBranch ? branches[branch + 1].block(0) : branches[branch].block(block + 1);
    return changes.ceiling(from, next.keys(), next.start(0), next.end(0));
  }

  /** A tree into which some news are merged, and the rank of the first that is not. */
  record Merged(KeyTree tree, int next) {}

  /**
   * Drops copies of keys that are above this one, in part or all.
   *
   * @param from {@link #START} to begin with, then what the step before gave
   * @param blocks that is empty, and is so afterwards
   */
  Swept sweep(byte[] from, Drop drop, BlockBuilder blocks) {
    int first = ceiling(from, 0, from.length);
    int index = first;
    while (index < branches.length && (index < first + STEP || blocks.count() < MIN_BLOCKS)) {
      Branch branch = branches[index];
      for (int i = 0; i < branch.size(); i++) {
        sweep(branch.block(i), drop, blocks);
      }
      index++;
    }
    byte[] next = index < branches.length ? branches[index].block(0).firstKey() : null;
    return new Swept(replace(first, index, blocks.replace()), next);
  }

  private static void sweep(Block block, Drop drop, BlockBuilder blocks) {
    if (!drop.concerns(block)) {
      blocks.add(block);
      return;
    }
    int kept = 0;
    for (int i = 0; i < block.size(); i++) {
      if (drop.test(block, i)) {
        blocks.add(block, kept, i);
        kept = i + 1;
      }
    }
    if (kept == 0) {
      blocks.add(block);
    } else {
      blocks.add(block, kept, block.size());
    }
  }

  /** Says which copies are to be dropped. */
  @FunctionalInterface
  interface Drop {
    boolean test(Block block, int index);

    /** Whether any copy of the block may have to be dropped. */
    default boolean concerns(Block block) {
      return true;
    }
  }

  /** A tree from which some copies are dropped, and the key to go on with; null if all are. */
  record Swept(KeyTree tree, byte[] next) {}

  /** The tree with other blocks in the place of some branches. */
  private KeyTree replace(int from, int to, List<Block> blocks) {
    int count = (blocks.size() + Branch.MAX_BLOCKS - 1) / Branch.MAX_BLOCKS;
    Branch[] replaced = new Branch[branches.length - (to - from) + count];
    System.arraycopy(branches, 0, replaced, 0, from);
    for (int i = 0; i < count; i++) {
      int start = (int) ((long) blocks.size() * i / count);
      int end = (int) ((long) blocks.size() * (i + 1) / count);
      replaced[from + i] = new Branch(blocks.subList(start, end));
    }
    System.arraycopy(branches, to, replaced, from + count, branches.length - to);
    return new KeyTree(replaced);
  }
}

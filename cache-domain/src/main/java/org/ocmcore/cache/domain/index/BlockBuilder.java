package org.ocmcore.cache.domain.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Packs keys, which arrive in order, into blocks of a good size. For use by one thread.
 *
 * <p>Unchanged blocks are kept as they are, unless the block before them would stay too small.
 */
final class BlockBuilder {
  /** The size of a block: short enough to search quickly and to copy cheaply for a change. */
  static final int GOOD_SIZE = 128;

  private static final int MIN_SIZE = GOOD_SIZE / 4;
  private static final int MAX_SIZE = GOOD_SIZE + GOOD_SIZE / 2;

  private final Supplier<ServerTable> servers;
  private final List<Block> blocks = new ArrayList<>();
  private byte[] keys = new byte[2 * MAX_SIZE * CacheKey.MAX_BYTES];
  private int[] ends = new int[2 * MAX_SIZE];
  private int[] metadata = new int[2 * MAX_SIZE * KeyMetadata.COUNT];
  private int entries;

  BlockBuilder(Supplier<ServerTable> servers) {
    this.servers = servers;
  }

  /** The blocks so far; begins anew. */
  List<Block> replace() {
    flush();
    List<Block> done = List.copyOf(blocks);
    blocks.clear();
    return done;
  }

  /** The number of complete blocks. */
  int count() {
    return blocks.size();
  }

  /** Whether a whole block may follow without the last block staying too small. */
  boolean isAtEdge() {
    return entries == 0 || entries >= MIN_SIZE;
  }

  /** Adds a whole block. */
  void add(Block block) {
    if (isAtEdge()) {
      flush();
      blocks.add(block);
    } else {
      add(block, 0, block.size());
    }
  }

  /** Adds some entries of a block. */
  void add(Block block, int from, int to) {
    int at = from;
    while (at < to) {
      int some = Math.min(to - at, ends.length - entries);
      int start = block.start(at);
      int length = block.end(at + some - 1) - start;
      int base = bytes();
      room(base + length);
      System.arraycopy(block.keys(), start, keys, base, length);
      System.arraycopy(
          block.metadata(),
          at * KeyMetadata.COUNT,
          metadata,
          entries * KeyMetadata.COUNT,
          some * KeyMetadata.COUNT);
      for (int i = 0; i < some; i++) {
        ends[entries++] = block.end(at + i) - start + base;
      }
      at += some;
      cutIfFull();
    }
  }

  /** Adds a single entry. */
  void add(byte[] key, int from, int to, int[] added) {
    int base = bytes();
    room(base + to - from);
    System.arraycopy(key, from, keys, base, to - from);
    System.arraycopy(added, 0, metadata, entries * KeyMetadata.COUNT, KeyMetadata.COUNT);
    ends[entries++] = base + to - from;
    cutIfFull();
  }

  private int bytes() {
    return entries == 0 ? 0 : ends[entries - 1];
  }

  private void room(int needed) {
    if (needed > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(needed, 2 * keys.length));
    }
  }

  private void cutIfFull() {
    if (entries == ends.length) {
      int cut = cutAt(GOOD_SIZE);
      if (cut == entries) {
        grow();
      } else {
        emit(cut);
      }
    }
  }

  /** Makes room for more copies of one key than fit: there may be as many as servers. */
  private void grow() {
    ends = Arrays.copyOf(ends, 2 * ends.length);
    metadata = Arrays.copyOf(metadata, 2 * metadata.length);
  }

  private void flush() {
    while (entries > MAX_SIZE) {
      int cut = cutAt(entries > 2 * GOOD_SIZE ? GOOD_SIZE : entries / 2);
      emit(cut);
    }
    if (entries > 0) {
      emit(entries);
    }
  }

  /** The first place from here on that does not separate copies of one key. */
  private int cutAt(int wanted) {
    int cut = wanted;
    while (cut < entries && isSameKey(cut - 1, cut)) {
      cut++;
    }
    return cut;
  }

  private boolean isSameKey(int index, int next) {
    int start = start(index);
    int length = ends[index] - start;
    return ends[next] - ends[index] == length
        && Arrays.equals(keys, start, ends[index], keys, ends[index], ends[next]);
  }

  private int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** Makes a block of the first entries and moves the rest to the front. */
  private void emit(int size) {
    markStrays(size);
    int length = ends[size - 1];
    blocks.add(new Block(
        Arrays.copyOf(keys, length),
        Arrays.copyOf(ends, size),
        Arrays.copyOf(metadata, size * KeyMetadata.COUNT)));
    int rest = entries - size;
    System.arraycopy(keys, length, keys, 0, bytes() - length);
    System.arraycopy(metadata, size * KeyMetadata.COUNT, metadata, 0, rest * KeyMetadata.COUNT);
    for (int i = 0; i < rest; i++) {
      ends[i] = ends[size + i] - length;
    }
    entries = rest;
  }

  private void markStrays(int size) {
    if (servers.get().areOne()) {
      return;
    }
    int first = 0;
    while (first < size) {
      int next = first + 1;
      while (next < size && isSameKey(next - 1, next)) {
        next++;
      }
      markStrays(first, next);
      first = next;
    }
  }

  private void markStrays(int from, int to) {
    int kept = -1;
    int live = 0;
    for (int i = from; i < to; i++) {
      metadata[i * KeyMetadata.COUNT + KeyMetadata.TAG] &= ~KeyMetadata.MISPLACED;
      if (!KeyMetadata.is(tag(i), KeyMetadata.TOMBSTONE)) {
        kept = live == 0 ? i : kept;
        live++;
      }
    }
    if (live < 2) {
      return;
    }
    int home = servers.get().of(CacheKey.ofBytes(keys, start(from), ends[from]));
    for (int i = from; i < to; i++) {
      if (KeyMetadata.server(tag(i)) == home && !KeyMetadata.is(tag(i), KeyMetadata.TOMBSTONE)) {
        kept = i;
      }
    }
    for (int i = from; i < to; i++) {
      if (i != kept && !KeyMetadata.is(tag(i), KeyMetadata.TOMBSTONE)) {
        metadata[i * KeyMetadata.COUNT + KeyMetadata.TAG] |= KeyMetadata.MISPLACED;
      }
    }
  }

  private int tag(int index) {
    return metadata[index * KeyMetadata.COUNT + KeyMetadata.TAG];
  }
}

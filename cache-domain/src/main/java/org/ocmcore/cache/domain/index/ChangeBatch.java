package org.ocmcore.cache.domain.index;

import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Changes of keys that are merged into a {@link LiveIndex} together. Changes of one copy of a key
 * keep the order in which they were added. For use by one thread.
 */
public final class ChangeBatch {
  /** What happened to a key. */
  public enum Kind {
    /** A walk visited it. */
    WALK,
    /** We stored it. */
    STORED,
    /** A feed reports that it was stored. Feeds do not report flags, which take 4 bytes more. */
    FEED,
    /** Its lifetime changed. The index ignores this if it does not know the key. */
    TOUCHED,
    /** It was removed. */
    REMOVED
  }

  private static final Kind[] KINDS = Kind.values();

  /** The bytes of a change without its key: end, metadata, kind, moment and order. */
  private static final int FIXED_BYTES =
      2 * Integer.BYTES + KeyMetadata.COUNT * Integer.BYTES + 1 + Long.BYTES;

  /** The approximate bytes of a change, with a key of usual length. */
  static final int BYTES = 64;

  private static final int FIRST_CAPACITY = 16;

  private final Supplier<ServerTable> servers;
  private byte[] keys;
  private int[] ends;
  private int[] metadata;
  private byte[] kinds;
  private long[] moments;
  private int count;
  private boolean ascends;

  /** Where {@link #lastServer} has been looked up. */
  private ServerTable table;

  private String lastServer;
  private int lastNumber;

  ChangeBatch(Supplier<ServerTable> servers) {
    this.servers = servers;
    clear();
  }

  /** Removes all changes and releases their memory. */
  public final void clear() {
    keys = new byte[FIRST_CAPACITY * 32];
    ends = new int[FIRST_CAPACITY];
    metadata = new int[FIRST_CAPACITY * KeyMetadata.COUNT];
    kinds = new byte[FIRST_CAPACITY];
    moments = new long[FIRST_CAPACITY];
    reuse();
  }

  /** Removes all changes, and keeps their memory for as many others. */
  public void reuse() {
    count = 0;
    ascends = true;
  }

  /**
   * Makes room at once for changes whose keys are as long as those before; the batch must be empty.
   * Arrays that grow step by step are copied at each, and large ones cost the garbage collector
   * much.
   *
   * @param changes how many are likely
   * @param most the batch is full before there are more, as {@link #reaches} counts
   */
  public void reserve(int changes, int most) {
    int keyBytes = keys.length / kinds.length;
    long fitting = Math.min(most, (long) most * BYTES / (FIXED_BYTES + keyBytes) + 1);
    int capacity = (int) Math.min(changes, fitting);
    if (capacity > kinds.length) {
      keys = new byte[Math.toIntExact((long) keys.length * capacity / kinds.length)];
      ends = new int[capacity];
      metadata = new int[capacity * KeyMetadata.COUNT];
      kinds = new byte[capacity];
      moments = new long[capacity];
    }
  }

  /** The number of changes. */
  public int size() {
    return count;
  }

  /**
   * Whether it has so many changes, or fewer that take as much memory since their keys are long.
   */
  public boolean reaches(int changes) {
    long keyBytes = count == 0 ? 0 : ends[count - 1];
    // No branch for each: Java drops compiled code when it takes one for the first time.
    long bytes = Math.max((long) count * BYTES, keyBytes + (long) count * FIXED_BYTES);
    return bytes >= (long) changes * BYTES;
  }

  /** Whether each key so far is above the one before, as those of an index are. */
  public boolean ascends() {
    return ascends;
  }

  /**
   * Adds a change of a copy of a key. Ignores a server that the index does not have: it has left,
   * or has just joined and is yet to be walked.
   *
   * @param kind any but {@link Kind#WALK}
   * @param at when it happened
   */
  public void add(Kind kind, KeyInfo key, Instant at) {
    add(kind, key, LiveIndex.micros(at));
  }

  /**
   * Adds a copy of a key that a walk visited.
   *
   * @param walk the number of the walk
   */
  public void addWalked(KeyInfo key, int walk) {
    add(Kind.WALK, key, walk);
  }

  /**
   * Adds that a copy of a key was removed, as {@link #add(Kind, KeyInfo, Instant)}.
   *
   * @param server that held it
   */
  public void addRemoved(CacheKey key, String server, Instant at) {
    append(Kind.REMOVED, key, server, LiveIndex.micros(at));
  }

  /**
   * Adds a change of a copy of a key.
   *
   * @param moment in microseconds since the epoch; of {@link Kind#WALK}, the number of the walk
   */
  void add(Kind kind, KeyInfo key, long moment) {
    if (!append(kind, key.key(), key.server(), moment)) {
      return;
    }
    int at = (count - 1) * KeyMetadata.COUNT;
    metadata[at + KeyMetadata.EXPIRY] = KeyMetadata.expiry(key.expiry());
    metadata[at + KeyMetadata.ACCESS] = KeyMetadata.access(key.lastAccess());
    metadata[at + KeyMetadata.SIZE] = (int) key.size();
    metadata[at + KeyMetadata.FLAGS] = (int) key.flags();
    metadata[at + KeyMetadata.TAG] |= key.fetched() ? KeyMetadata.FETCHED : 0;
  }

  /**
   * Adds a change without what is known of the copy, of which a merge reads nothing if the copy is
   * removed. Returns false if it ignores the server.
   */
  private boolean append(Kind kind, CacheKey key, String serverName, long moment) {
    int server = number(serverName);
    if (server == ServerTable.NONE) {
      return false;
    }
    if (count == kinds.length) {
      int capacity = count + (count >> 1);
      ends = Arrays.copyOf(ends, capacity);
      metadata = Arrays.copyOf(metadata, capacity * KeyMetadata.COUNT);
      kinds = Arrays.copyOf(kinds, capacity);
      moments = Arrays.copyOf(moments, capacity);
    }
    int start = count == 0 ? 0 : ends[count - 1];
    int length = key.length();
    int needed = start + length + KeySort.MARGIN;
    if (needed > keys.length) {
      keys = Arrays.copyOf(keys, Math.max(needed, keys.length + (keys.length >> 1)));
    }
    key.copyTo(keys, start);
    ascends = ascends && (count == 0 || isAbove(count - 1, start, start + length));
    ends[count] = start + length;
    metadata[count * KeyMetadata.COUNT + KeyMetadata.TAG] = KeyMetadata.tag(server, 0, 0);
    kinds[count] = (byte) kind.ordinal();
    moments[count] = moment;
    count++;
    return true;
  }

  /** Looks a server up once for all changes of it that follow each other. */
  private int number(String server) {
    ServerTable present = servers.get();
    if (present != table || !server.equals(lastServer)) {
      table = present;
      lastServer = server;
      lastNumber = present.number(server);
    }
    return lastNumber;
  }

  private boolean isAbove(int item, int from, int to) {
    return Arrays.compareUnsigned(keys, start(item), ends[item], keys, from, to) < 0;
  }

  /**
   * Sorts the changes by key; changes of one copy of a key keep their order. Later additions are
   * not sorted. The changes themselves move, so that a merge reads them one after the other: from
   * memory in any order, each would have to be waited for.
   */
  void sort() {
    if (ascends) {
      return;
    }
    int[] order = KeySort.of(keys, ends, count, this::server);
    sortKeys(order);
    int[] sortedMetadata = new int[count * KeyMetadata.COUNT];
    byte[] sortedKinds = new byte[count];
    long[] sortedMoments = new long[count];
    for (int rank = 0; rank < count; rank++) {
      System.arraycopy(
          metadata,
          order[rank] * KeyMetadata.COUNT,
          sortedMetadata,
          rank * KeyMetadata.COUNT,
          KeyMetadata.COUNT);
      sortedKinds[rank] = kinds[order[rank]];
      sortedMoments[rank] = moments[order[rank]];
    }
    metadata = sortedMetadata;
    kinds = sortedKinds;
    moments = sortedMoments;
  }

  private void sortKeys(int[] order) {
    byte[] sortedKeys = new byte[ends[count - 1] + KeySort.MARGIN];
    int[] sortedEnds = new int[count];
    int end = 0;
    for (int rank = 0; rank < count; rank++) {
      int start = start(order[rank]);
      int length = ends[order[rank]] - start;
      System.arraycopy(keys, start, sortedKeys, end, length);
      end += length;
      sortedEnds[rank] = end;
    }
    keys = sortedKeys;
    ends = sortedEnds;
  }

  /** The bytes of all keys. Callers must not change them. */
  byte[] keys() {
    return keys;
  }

  int start(int rank) {
    return rank == 0 ? 0 : ends[rank - 1];
  }

  int end(int rank) {
    return ends[rank];
  }

  Kind kind(int rank) {
    return KINDS[kinds[rank]];
  }

  int fact(int rank, int which) {
    return metadata[rank * KeyMetadata.COUNT + which];
  }

  int server(int rank) {
    return KeyMetadata.server(fact(rank, KeyMetadata.TAG));
  }

  /** In microseconds since the epoch, or the number of the walk. */
  long moment(int rank) {
    return moments[rank];
  }

  /** Whether two changes belong to the same copy of the same key. */
  boolean isSameCopy(int rank, int next) {
    return server(rank) == server(next)
        && Arrays.equals(keys, start(rank), end(rank), keys, start(next), end(next));
  }

  /** The first change from {@code low} on whose key is not below this one. */
  int ceiling(int low, byte[] key, int from, int to) {
    int first = low;
    int step = 1;
    while (first + step < count && isBelow(first + step, key, from, to)) {
      first += step;
      step <<= 1;
    }
    int last = Math.min(count, first + step);
    while (first < last) {
      int middle = (first + last) >>> 1;
      if (isBelow(middle, key, from, to)) {
        first = middle + 1;
      } else {
        last = middle;
      }
    }
    return first;
  }

  private boolean isBelow(int rank, byte[] key, int from, int to) {
    return Arrays.compareUnsigned(keys, start(rank), end(rank), key, from, to) < 0;
  }

  /** The key, as an object of its own. */
  CacheKey key(int rank) {
    return CacheKey.ofBytes(keys, start(rank), end(rank));
  }
}

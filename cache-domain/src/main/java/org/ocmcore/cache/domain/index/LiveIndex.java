package org.ocmcore.cache.domain.index;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * The index of all keys. It takes batches of changes and gives immutable snapshots, which are read
 * without waiting. Batches are merged one after the other; a large batch lets small ones in
 * between. Safe for use by any number of threads.
 */
public final class LiveIndex {
  /**
   * A batch takes at most one part of so many of the capacity: a walk fills one while another is
   * merged, and an array that grows is there twice.
   */
  private static final int BATCHES = 32;

  private final WalkEpochs epochs;
  private final Clock clock;
  private final BlockBuilder blocks;
  private final long capacity;
  private volatile State state;

  /**
   * Creates an empty index.
   *
   * @param servers all servers, at most 4,096
   * @param placement gives the server where a key belongs; it chooses between copies of a key
   * @param capacity bytes of heap that the index should use at most; callers check {@link #isFull}
   * @throws IllegalArgumentException if there are too many servers
   */
  public LiveIndex(
      List<String> servers, Function<CacheKey, PlacedKey> placement, Clock clock, long capacity) {
    this(new ServerTable(servers, placement), clock, capacity);
  }

  LiveIndex(ServerTable servers, Clock clock, long capacity) {
    this.state = new State(KeyTree.EMPTY, servers);
    this.epochs = new WalkEpochs(servers.servers().size());
    this.clock = clock;
    this.blocks = new BlockBuilder(this::servers);
    this.capacity = capacity;
  }

  /** The keys, and the servers that they are on. */
  private record State(KeyTree tree, ServerTable servers) {}

  private ServerTable servers() {
    return state.servers();
  }

  /** An empty batch of changes to this index. */
  public ChangeBatch newBatch() {
    return new ChangeBatch(this::servers);
  }

  /**
   * The keys as they are known now.
   *
   * @param asOf the time from which on every key counts that stayed on its server
   * @param gaps why some keys may be missing, one sentence each; empty if none are
   */
  public KeyIndex snapshot(Instant asOf, List<String> gaps) {
    State now = state;
    return new KeyIndex(now.tree(), now.servers(), asOf, gaps);
  }

  KeyTree tree() {
    return state.tree();
  }

  /** Must be guarded by this. */
  private void replaceTree(KeyTree tree) {
    state = new State(tree, state.servers());
  }

  /**
   * From now on these are the servers, in this order. Removes the keys of those that have left; a
   * server that has joined is empty. Later changes of a server that has left are ignored. For one
   * thread at a time.
   *
   * @throws IllegalArgumentException if there are too many servers
   */
  public void replaceServers(List<String> present) {
    ServerTable former = servers();
    ServerTable table = former.with(present);
    for (String server : former.servers()) {
      if (table.number(server) == ServerTable.NONE) {
        removeServer(former.number(server));
      }
    }
    long now = micros(clock.instant());
    synchronized (this) {
      for (String server : present) {
        if (former.number(server) == ServerTable.NONE) {
          epochs.join(table.number(server), now);
        }
      }
      state = new State(state.tree(), table);
    }
  }

  private void removeServer(int server) {
    synchronized (this) {
      epochs.leave(server);
    }
    drop((block, index) -> KeyMetadata.server(block.tag(index)) == server, () -> true);
  }

  /** Whether it uses more than its capacity. */
  public boolean isFull() {
    return tree().weight() > capacity;
  }

  /**
   * The number of changes to merge at once, as {@link ChangeBatch#reaches} counts: a share of the
   * index, with the traces of removed keys, so that merging all takes few passes.
   *
   * @param share the batch is about one part of so many
   * @param least the fewest changes, as long as the memory allows them
   * @param most the most changes
   */
  public int batchSize(int share, int least, int most) {
    long wanted = Math.max(least, Math.min(most, tree().weight() / ChangeBatch.BYTES / share));
    return (int) Math.max(1, Math.min(wanted, capacity / BATCHES / ChangeBatch.BYTES));
  }

  /** Why it is full and what to do, in a sentence. */
  public String fullness() {
    // Without the number of keys, which is not for callers who may see some of them only.
    return "the index is full: its keys need more than the %,d MiB that it may take; give Java more memory (-Xmx)"
        .formatted(capacity >> 20);
  }

  /** Removes expired keys. Readers skip them anyway, but they use memory and slow counting down. */
  public void purge() {
    long now = clock.instant().getEpochSecond();
    drop(new Expired(now), () -> true);
  }

  private static final class Expired implements KeyTree.Drop {
    private final long now;

    Expired(long now) {
      this.now = now;
    }

    @Override
    public boolean concerns(Block block) {
      return !block.sums().allLiveAt(now);
    }

    @Override
    public boolean test(Block block, int index) {
      return !KeyMetadata.is(block.tag(index), KeyMetadata.TOMBSTONE)
          && Integer.toUnsignedLong(block.fact(index, KeyMetadata.EXPIRY)) <= now;
    }
  }

  /** Merges a batch; snapshots that are taken later contain it. */
  public void merge(ChangeBatch changes) {
    changes.sort();
    int next = 0;
    while (next < changes.size()) {
      synchronized (this) {
        KeyTree.Merged merged = tree().merge(changes, next, epochs, blocks);
        replaceTree(merged.tree());
        next = merged.next();
      }
    }
  }

  /** Merges a single change that happens now. */
  void merge(ChangeBatch.Kind kind, KeyInfo key) {
    ChangeBatch changes = new ChangeBatch(this::servers);
    changes.add(kind, key, micros(clock.instant()));
    merge(changes);
  }

  /** The number of a server that is present; callers must hold the lock to rely on it. */
  private int number(String server) {
    return servers().number(server);
  }

  /** Begins a walk of a server and returns its number; has no effect if the server has left. */
  public synchronized int beginWalk(String server) {
    int number = number(server);
    return number == ServerTable.NONE || epochs.hasLeft(number)
        ? ServerTable.NONE
        : beginWalk(number);
  }

  synchronized int beginWalk(int server) {
    epochs.begin(server);
    return epochs.number(server);
  }

  /**
   * Ends a walk that visited all keys of a server. Removes the keys that it did not visit, unless
   * they changed after it began.
   *
   * @return false if the server was flushed meanwhile or has left; the walk is then worth nothing
   */
  public boolean endWalk(String server, int number) {
    int known = number(server);
    return known != ServerTable.NONE && endWalk(known, number);
  }

  boolean endWalk(int server, int number) {
    long now = micros(clock.instant());
    boolean valid = drop(
        (block, index) -> epochs.isStale(block, index, server, now),
        () -> epochs.number(server) == number);
    synchronized (this) {
      epochs.end(server);
    }
    return valid;
  }

  /** Ends a walk that did not visit all keys; removes nothing. */
  public synchronized void abandonWalk(String server) {
    int number = number(server);
    if (number != ServerTable.NONE) {
      epochs.end(number);
    }
  }

  /** Notes whether a feed of this server is live, whose changes may arrive late. */
  public synchronized void follow(String server, boolean live) {
    int number = number(server);
    if (number != ServerTable.NONE) {
      follow(number, live);
    }
  }

  synchronized void follow(int server, boolean live) {
    epochs.follow(server, live);
  }

  /** Removes all keys of a server that were stored before now. */
  public void flush(String server) {
    flush(server, clock.instant());
  }

  /** Removes all keys of a server except those that were certainly stored after this time. */
  public void flush(String server, Instant moment) {
    int number = number(server);
    if (number != ServerTable.NONE) {
      flush(number, moment);
    }
  }

  void flush(int server, Instant moment) {
    int walk;
    synchronized (this) {
      epochs.flush(server, micros(moment));
      walk = epochs.number(server);
    }
    drop(
        (block, index) -> WalkEpochs.isFlushed(block, index, server, walk, moment.getEpochSecond()),
        () -> true);
  }

  /** @return false if it stopped early since the condition no longer held */
  private boolean drop(KeyTree.Drop drop, BooleanSupplier goesOn) {
    byte[] next = KeyTree.START;
    while (next != null) {
      synchronized (this) {
        if (!goesOn.getAsBoolean()) {
          return false;
        }
        KeyTree.Swept swept = tree().sweep(next, drop, blocks);
        replaceTree(swept.tree());
        next = swept.next();
      }
    }
    return true;
  }

  static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond())
        + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
  }
}

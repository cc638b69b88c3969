package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * The index that is kept: what is heard goes in, and at any time it is read without waiting.
 * Changes take turns, and a large one lets small ones in between. For any number of threads.
 */
final class LiveIndex {
  /** A batch that waits takes at most this share of the capacity. */
  private static final int BATCHES = 10;

  private final ServerTable homes;
  private final WalkEpochs walks;
  private final Clock clock;
  private final BlockBuilder blocks;
  private final long capacity;
  private volatile KeyTree tree = KeyTree.EMPTY;

  /** @param capacity bytes of heap that it should take at most; whoever fills it must look */
  LiveIndex(ServerTable homes, Clock clock, long capacity) {
    this.homes = homes;
    this.walks = new WalkEpochs(homes.servers().size());
    this.clock = clock;
    this.blocks = new BlockBuilder(homes);
    this.capacity = capacity;
  }

  ServerTable homes() {
    return homes;
  }

  KeyIndex at(Instant asOf, List<String> gaps) {
    return new KeyIndex(tree, homes, asOf, gaps);
  }

  KeyTree tree() {
    return tree;
  }

  /** Whether it takes more than it should. */
  boolean isFull() {
    return tree.weight() > capacity;
  }

  /** How much should be merged at once: a share of what there is, so that it takes few passes. */
  int batch(int share, int least, int most) {
    long affordable = Math.min(most, capacity / BATCHES / ChangeBatch.BYTES);
    return (int) Math.max(least, Math.min(affordable, tree.sums().keys() / share));
  }

  /** What it takes, in words. */
  String fullness() {
    KeyTree now = tree;
    return "the index is full: %,d keys take %,d MiB of the %,d MiB that it may take; give Java more memory (-Xmx)"
        .formatted(now.sums().keys(), now.weight() >> 20, capacity >> 20);
  }

  /** Drops what has expired: nobody sees it, but it takes room, and counting has to look at it. */
  void purge() {
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

  void merge(ChangeBatch news) {
    news.sort();
    int next = 0;
    while (next < news.size()) {
      synchronized (this) {
        KeyTree.Merged merged = tree.merge(news, next, walks, blocks);
        tree = merged.tree();
        next = merged.next();
      }
    }
  }

  /** Has something happen now. */
  void merge(ChangeBatch.Kind kind, KeyInfo key) {
    ChangeBatch news = new ChangeBatch(homes);
    news.add(kind, key, micros(clock.instant()));
    merge(news);
  }

  /** Begins a walk; gives its number. */
  synchronized int beginWalk(int server) {
    walks.begin(server);
    return walks.number(server);
  }

  /**
   * Ends a walk that has met all there is: what it did not meet, and nobody has told of since it
   * began, goes.
   *
   * @return false if all keys were flushed meanwhile, so that nobody knows what it met before
   */
  boolean endWalk(int server, int number) {
    long now = micros(clock.instant());
    boolean valid = drop(
        (block, index) -> walks.isSwept(block, index, server, now),
        () -> walks.number(server) == number);
    breakWalk(server);
    return valid;
  }

  /** Ends a walk that has not met all. */
  synchronized void breakWalk(int server) {
    walks.end(server);
  }

  synchronized void follow(int server, boolean live) {
    walks.follow(server, live);
  }

  /** Drops all keys of a server that were stored before now. */
  void flush(int server) {
    flush(server, clock.instant());
  }

  /** Drops all keys of a server but for those that were certainly stored after this moment. */
  void flush(int server, Instant moment) {
    int walk;
    synchronized (this) {
      walks.flush(server, micros(moment));
      walk = walks.number(server);
    }
    drop(
        (block, index) -> WalkEpochs.isFlushed(block, index, server, walk, moment.getEpochSecond()),
        () -> true);
  }

  /** @return false if it could not go on to the end since the condition no longer held */
  private boolean drop(KeyTree.Drop drop, BooleanSupplier goesOn) {
    byte[] next = KeyTree.START;
    while (next != null) {
      synchronized (this) {
        if (!goesOn.getAsBoolean()) {
          return false;
        }
        KeyTree.Swept swept = tree.sweep(next, drop, blocks);
        tree = swept.tree();
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

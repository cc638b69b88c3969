package org.ocmcore.cache.domain.tracking;

import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.port.KeyspacePort;

/**
 * Merges the keys that one walk visits into the index. The server waits while it is walked, so this
 * collects the keys as fast as they come, and another thread merges them. For one walk.
 */
final class WalkIntake {
  /** A batch is one part of so many of the index, so that collecting and merging stay cheap. */
  private static final int SHARE = 6;

  private static final int MIN_BATCH = 128 * 1024;
  private static final int MAX_BATCH = 2 * 1024 * 1024;

  private final LiveIndex live;
  private final String name;
  private final Runnable emptying;
  private final BatchMerger merger;
  private int batch;
  private int walk;
  private long visited;

  /** @param emptying runs before the index drops all keys of the server, for want of room */
  WalkIntake(LiveIndex live, String name, Executor executor, Runnable emptying) {
    this.live = live;
    this.name = name;
    this.emptying = emptying;
    this.merger = new BatchMerger(live, executor);
  }

  /**
   * Walks the server; returns the number of keys that it visited, or empty if the server was
   * flushed meanwhile.
   *
   * @throws StoreUnavailable if it did not visit all keys; nothing is removed then, unless there is
   *     no room for them
   */
  OptionalLong walk(KeyspacePort keyspace) {
    walk = live.beginWalk(name);
    batch = batch();
    boolean done = false;
    try {
      keyspace.walk(name, this::visit);
      merge();
      await();
      done = live.endWalk(name, walk);
    } finally {
      if (!done) {
        live.abandonWalk(name);
      }
    }
    return done ? OptionalLong.of(visited) : OptionalLong.empty();
  }

  private void visit(KeyInfo key) {
    merger.filling().addWalked(key, walk);
    visited++;
    if (merger.filling().reaches(batch)) {
      merge();
      merger.reserve(batch);
    }
  }

  private void merge() {
    await();
    merger.mergeAside();
    batch = batch();
  }

  private int batch() {
    return live.batchSize(SHARE, MIN_BATCH, MAX_BATCH);
  }

  private void await() {
    merger.await();
    if (live.isFull()) {
      StoreUnavailable failure = new StoreUnavailable(name, "walk", live.fullness());
      // Keys that no longer exist may fill it, and only a complete walk would remove them.
      emptying.run();
      live.flush(name);
      throw failure;
    }
  }
}

package org.ocmcore.cache.domain.tracking;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.ChangeBatch;
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
  private final Executor executor;
  private final Runnable emptying;
  private ChangeBatch filling;
  private ChangeBatch merging;
  private CompletableFuture<Void> merged = CompletableFuture.completedFuture(null);
  private int batch;
  private int walk;
  private long visited;

  /** @param emptying runs before the index drops all keys of the server, for want of room */
  WalkIntake(LiveIndex live, String name, Executor executor, Runnable emptying) {
    this.live = live;
    this.name = name;
    this.executor = executor;
    this.emptying = emptying;
    this.filling = live.newBatch();
    this.merging = live.newBatch();
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
    filling.addWalked(key, walk);
    visited++;
    if (filling.reaches(batch)) {
      merge();
    }
  }

  private void merge() {
    await();
    ChangeBatch full = filling;
    filling = merging;
    filling.clear();
    merging = full;
    batch = batch();
    merged = merging(full);
  }

  private CompletableFuture<Void> merging(ChangeBatch full) {
    try {
      return CompletableFuture.runAsync(() -> live.merge(full), executor);
    } catch (RejectedExecutionException stopping) {
      // The walk ends soon, in its own way.
      live.merge(full);
      return CompletableFuture.completedFuture(null);
    }
  }

  private int batch() {
    return live.batchSize(SHARE, MIN_BATCH, MAX_BATCH);
  }

  private void await() {
    try {
      merged.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    if (live.isFull()) {
      StoreUnavailable failure = new StoreUnavailable(name, "walk", live.fullness());
      // Keys that no longer exist may fill it, and only a complete walk would remove them.
      emptying.run();
      live.flush(name);
      throw failure;
    }
  }
}

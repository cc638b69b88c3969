package org.ocmcore.cache.domain.tracking;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.port.KeyspacePort;

/**
 * Takes what one walk meets into the index. The server waits for whoever walks it, so what was met
 * is collected as fast as it comes, and merged by another thread meanwhile. For one walk.
 */
final class WalkIntake {
  /** What is collected before it is merged: as a share of the index, so that both stay cheap. */
  private static final int SHARE = 6;

  private static final int MIN_BATCH = 128 * 1024;
  private static final int MAX_BATCH = 2 * 1024 * 1024;

  private final LiveIndex live;
  private final String name;
  private final Executor executor;
  private ChangeBatch filling;
  private ChangeBatch merging;
  private CompletableFuture<Void> merged = CompletableFuture.completedFuture(null);
  private int batch;
  private int walk;
  private long visited;

  WalkIntake(LiveIndex live, String name, Executor executor) {
    this.live = live;
    this.name = name;
    this.executor = executor;
    this.filling = live.newBatch();
    this.merging = live.newBatch();
  }

  /**
   * Walks the server; returns how many keys it met, or nothing if all keys were flushed meanwhile,
   * so that what it met is worth nothing.
   *
   * @throws StoreUnavailable if it could not meet all; nothing is dropped then
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
    if (filling.size() == batch) {
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
    merged = CompletableFuture.runAsync(() -> live.merge(full), executor);
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
      // Keys that are no more may be what fills it, and only a walk that succeeds would drop them.
      live.flush(name);
      throw failure;
    }
  }
}

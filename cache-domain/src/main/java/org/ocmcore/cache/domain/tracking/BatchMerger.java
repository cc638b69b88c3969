package org.ocmcore.cache.domain.tracking;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.LiveIndex;

/**
 * Collects changes of the index while another thread merges those before. Batches are merged in
 * their order. For one thread.
 */
final class BatchMerger {
  private final LiveIndex live;
  private final Executor executor;
  private ChangeBatch filling;
  private ChangeBatch merging;
  private CompletableFuture<Void> merged = CompletableFuture.completedFuture(null);

  /** @param executor has a thread for every task or runs tasks on the caller's thread */
  BatchMerger(LiveIndex live, Executor executor) {
    this.live = live;
    this.executor = executor;
    this.filling = live.newBatch();
    this.merging = live.newBatch();
  }

  /** The batch that takes changes now; another one after each merge. */
  ChangeBatch filling() {
    return filling;
  }

  /** Lets another thread merge what is collected, once it has merged the batch before. */
  void mergeAside() {
    await();
    ChangeBatch full = filling;
    filling = merging;
    filling.reuse();
    merging = full;
    try {
      merged = CompletableFuture.runAsync(() -> live.merge(full), executor);
    } catch (RejectedExecutionException stopping) {
      // Whoever collects changes ends soon, in its own way.
      live.merge(full);
    }
  }

  /**
   * Makes room for the next batch. One job fills batches of much the same size, or twice the size
   * each time as the index grows.
   *
   * @param most the most changes in it, as {@link ChangeBatch#reaches} counts
   */
  void reserve(int most) {
    filling.reserve(2 * merging.size(), most);
  }

  /** Merges all that is collected. */
  void merge() {
    await();
    live.merge(filling);
    filling.clear();
  }

  /** Returns when the other thread has nothing to do; throws once what it has thrown. */
  void await() {
    CompletableFuture<Void> running = merged;
    merged = CompletableFuture.completedFuture(null);
    try {
      running.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}

package org.ocmcore.cache.domain.tracking;

import java.time.Instant;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Changes by our own work on many keys, which the index learns in batches, on another thread while
 * the work goes on. For one thread.
 */
final class IndexUpdates {
  /**
   * Keys in any order concern the whole index, so a batch of them is as large as it is. But keys in
   * ascending order concern a part of it.
   */
  private static final int SHARE = 1;

  static final int MIN_BATCH = 1_000;
  private static final int MAX_BATCH = 250_000;
  private static final int ASCENDING_BATCH = 8 * 1024;

  /** The index learns of a change after about so many seconds at the latest. */
  private static final int MAX_DELAY = 1;

  private final LiveIndex live;
  private final BatchMerger merger;
  private int batch;

  /** When the first change was added, in seconds. */
  private long begun;

  /** @param executor has a thread for every task or runs tasks on the caller's thread */
  IndexUpdates(LiveIndex live, Executor executor) {
    this.live = live;
    this.merger = new BatchMerger(live, executor);
    this.batch = batch();
  }

  /** @param at when it happened */
  void add(Kind kind, KeyInfo info, Instant at) {
    ChangeBatch news = merger.filling();
    news.add(kind, info, at);
    mergeIfFull(news, at);
  }

  /** @param at when it happened */
  void addRemoved(CacheKey key, String server, Instant at) {
    ChangeBatch news = merger.filling();
    news.addRemoved(key, server, at);
    mergeIfFull(news, at);
  }

  private void mergeIfFull(ChangeBatch news, Instant at) {
    if (news.size() <= 1) {
      begun = at.getEpochSecond();
    }
    if (news.reaches(batch)
        || news.ascends() && news.size() >= ASCENDING_BATCH
        || at.getEpochSecond() > begun + MAX_DELAY) {
      merger.mergeAside();
      batch = batch();
      merger.reserve(batch);
    }
  }

  /** Tells the index what it does not know yet; it knows all when this returns. */
  void merge() {
    merger.merge();
    batch = batch();
  }

  private int batch() {
    return live.batchSize(SHARE, MIN_BATCH, MAX_BATCH);
  }
}

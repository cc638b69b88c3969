package org.ocmcore.cache.domain.tracking;

import java.time.Instant;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.index.LiveIndex;

/** Changes by our own work on many keys, which the index learns in batches. For one thread. */
final class IndexUpdates {
  /**
   * Keys in any order concern the whole index, so a batch of them is one part of so many of it. But
   * keys in ascending order concern a part of it.
   */
  private static final int SHARE = 2;

  static final int MIN_BATCH = 1_000;
  private static final int MAX_BATCH = 250_000;
  private static final int ASCENDING_BATCH = 8 * 1024;

  /** The index learns of a change after about so many seconds at the latest. */
  private static final int MAX_DELAY = 1;

  private final LiveIndex live;
  private final ChangeBatch news;
  private int batch;

  /** When the first change was added, in seconds. */
  private long begun;

  IndexUpdates(LiveIndex live) {
    this.live = live;
    this.news = live.newBatch();
    this.batch = batch();
  }

  /** @param at when it happened */
  void add(Kind kind, KeyInfo info, Instant at) {
    if (news.size() == 0) {
      begun = at.getEpochSecond();
    }
    news.add(kind, info, at);
    if (news.reaches(batch)
        || news.ascends() && news.size() >= ASCENDING_BATCH
        || at.getEpochSecond() > begun + MAX_DELAY) {
      merge();
    }
  }

  /** Tells the index what it does not know yet. */
  void merge() {
    live.merge(news);
    news.clear();
    batch = batch();
  }

  private int batch() {
    return live.batchSize(SHARE, MIN_BATCH, MAX_BATCH);
  }
}

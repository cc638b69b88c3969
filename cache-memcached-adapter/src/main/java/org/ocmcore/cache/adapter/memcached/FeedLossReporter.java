package org.ocmcore.cache.adapter.memcached;

import java.time.Instant;
import java.util.Set;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * Reports each lost change to a listener once, as skipped, and passes all other events on.
 *
 * <p>Two sources count skipped changes: the feed, but only together with the next change; and the
 * statistics, which are earlier but count all watchers together. Only the statistics count dropped
 * changes. For one thread.
 */
final class FeedLossReporter implements ChangeListener {
  private final ChangeListener listener;
  private final Server server;
  private FeedLoss last;
  private long dropped;
  private long skipped;
  private long skippedByFeed;
  private long reported;

  /** @param server its statistics were just fetched: their counts are the baseline */
  FeedLossReporter(ChangeListener listener, Server server) {
    this.listener = listener;
    this.server = server;
    this.last = server.feedLoss();
  }

  @Override
  public void skipped(long count) {
    skippedByFeed += count;
    reportNewLoss();
  }

  /** Reports the loss that the last statistics of the server count and that is not reported yet. */
  void reportNewLoss() {
    FeedLoss current = server.feedLoss();
    // A counter that falls was reset.
    dropped += Math.max(0, current.dropped() - last.dropped());
    skipped += Math.max(0, current.skipped() - last.skipped());
    last = current;
    long total = dropped + Math.max(skippedByFeed, skipped);
    if (total > reported) {
      listener.skipped(total - reported);
      reported = total;
    }
  }

  @Override
  public void withheld(String reason) {
    listener.withheld(reason);
  }

  @Override
  public void began(Set<Kind> kinds) {
    listener.began(kinds);
  }

  @Override
  public void stored(KeyInfo key, Instant at) {
    listener.stored(key, at);
  }

  @Override
  public void removed(CacheKey key, Instant at) {
    listener.removed(key, at);
  }

  @Override
  public void evicted(CacheKey key, Instant at) {
    listener.evicted(key, at);
  }

  @Override
  public void counted(Kind kind) {
    listener.counted(kind);
  }

  @Override
  public void caughtUp() {
    listener.caughtUp();
  }
}

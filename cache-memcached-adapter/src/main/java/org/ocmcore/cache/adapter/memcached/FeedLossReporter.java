package org.ocmcore.cache.adapter.memcached;

import java.time.Instant;
import java.util.Set;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * Tells a listener of every change that is left out, once. Where a watcher was too slow, the feed
 * says so, but only when the next change comes; the statistics say so at once, of all watchers
 * together. What was not even noted down only the statistics count. For one thread.
 */
final class FeedLossReporter implements ChangeListener {
  private final ChangeListener listener;
  private final Server server;
  private FeedLoss last;
  private long dropped;
  private long skippedByAll;
  private long saidByFeed;
  private long told;

  /** @param server has just told of itself */
  FeedLossReporter(ChangeListener listener, Server server) {
    this.listener = listener;
    this.server = server;
    this.last = server.untoldChanges();
  }

  @Override
  public void skipped(long count) {
    saidByFeed += count;
    look();
  }

  /** Tells what the server has counted by its last report, if it is not told yet. */
  void look() {
    FeedLoss now = server.untoldChanges();
    // Less than before: the statistics were reset.
    dropped += Math.max(0, now.dropped() - last.dropped());
    skippedByAll += Math.max(0, now.skipped() - last.skipped());
    last = now;
    long all = dropped + Math.max(saidByFeed, skippedByAll);
    if (all > told) {
      listener.skipped(all - told);
      told = all;
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
  public void counted(Kind kind) {
    listener.counted(kind);
  }

  @Override
  public void caughtUp() {
    listener.caughtUp();
  }
}

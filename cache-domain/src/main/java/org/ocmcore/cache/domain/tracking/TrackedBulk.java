package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.tracking.News.Kind;

/**
 * Bulk work of which all that is stored is known to a {@link KeyTracker}: many keys at a time, and
 * the last of them before the call returns or throws. If it throws, the server is walked, since
 * more may be stored than was told.
 */
public final class TrackedBulk implements BulkPort {
  /** Merged at once: a share of what is known, so that it takes few passes over that. */
  private static final int SHARE = 6;

  static final int MIN_BATCH = 1_000;
  private static final int MAX_BATCH = 100_000;

  private final BulkPort bulk;
  private final KeyTracker tracker;
  private final Clock clock;

  /** @param bulk where everything is done; the tracker must be one of the same store */
  public TrackedBulk(BulkPort bulk, KeyTracker tracker, Clock clock) {
    this.bulk = bulk;
    this.tracker = tracker;
    this.clock = clock;
  }

  @Override
  public void read(String server, Iterator<KeyInfo> keys, ReadVisitor visitor) {
    bulk.read(server, keys, visitor);
  }

  @Override
  public void find(String server, Iterator<CacheKey> keys, FindVisitor visitor) {
    bulk.find(server, keys, visitor);
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    Stored stored = new Stored(server);
    boolean done = false;
    try {
      bulk.store(server, entries, onlyAbsent, (entry, outcome, reason) -> {
        if (outcome == StoreOutcome.STORED) {
          stored.add(entry);
        }
        visitor.visit(entry, outcome, reason);
      });
      done = true;
    } finally {
      stored.tell();
      if (!done) {
        tracker.doubt(server);
      }
    }
  }

  @Override
  public long maxItemSize(String server) {
    return bulk.maxItemSize(server);
  }

  /** What was stored and is not known yet. */
  private final class Stored {
    private final String server;
    private final LiveIndex live = tracker.live();
    private final News news = new News(live.homes());
    private int batch = batch();

    private Stored(String server) {
      this.server = server;
    }

    private void add(CacheEntry entry) {
      Instant now = clock.instant();
      KeyInfo info = new KeyInfo(
          entry.key(), entry.expiry(), entry.size(), now.getEpochSecond(), false, server);
      news.add(Kind.STORED, info, LiveIndex.micros(now));
      if (news.size() == batch) {
        tell();
      }
    }

    private void tell() {
      live.merge(news);
      news.clear();
      batch = batch();
    }

    private int batch() {
      return live.batch(SHARE, MIN_BATCH, MAX_BATCH);
    }
  }
}

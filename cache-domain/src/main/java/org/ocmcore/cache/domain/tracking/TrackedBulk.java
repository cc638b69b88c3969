package org.ocmcore.cache.domain.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.changes.ChangeStream;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.StoreOutcome;

/**
 * A {@link BulkPort} whose changes the index learns in batches, the last one before the call
 * returns or throws. If the call throws, the server is walked, since more may have changed than was
 * reported.
 */
public final class TrackedBulk implements BulkPort {
  private final BulkPort bulk;
  private final KeyTracker tracker;
  private final Executor executor;
  private final Clock clock;

  /**
   * @param bulk does the work; must belong to the same store as the tracker
   * @param executor merges changes into the index while others are made; it must have a thread for
   *     every task or run tasks on the caller's thread
   */
  public TrackedBulk(BulkPort bulk, KeyTracker tracker, Executor executor, Clock clock) {
    this.bulk = bulk;
    this.tracker = tracker;
    this.executor = executor;
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
    OwnChanges own = tracker.work(server).stores();
    ChangeStream changes = tracker.changes();
    MillisecondClock sending = new MillisecondClock(clock);
    Iterator<CacheEntry> sent = noted(entries, entry -> own.expect(entry.key(), sending.instant()));
    change(
        server,
        updates -> bulk.store(server, sent, onlyAbsent, (entry, outcome, reason) -> {
          if (outcome != StoreOutcome.STORED) {
            own.forget(entry.key());
          } else {
            Instant now = clock.instant();
            KeyInfo info = new KeyInfo(
                entry.key(),
                entry.expiry(),
                entry.size(),
                entry.value().flags(),
                now.getEpochSecond(),
                false,
                server);
            updates.add(Kind.STORED, info, now);
            changes.own(ChangeKind.STORED, entry.key(), server, now, OptionalLong.of(entry.size()));
          }
          visitor.visit(entry, outcome, reason);
        }));
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    OwnChanges own = tracker.work(server).deletions();
    ChangeStream changes = tracker.changes();
    AskTimes<CacheKey> asked = new AskTimes<>(keys, clock);
    Iterator<CacheKey> sent = noted(asked, key -> own.expect(key, asked.taken()));
    change(
        server,
        updates -> bulk.delete(server, sent, (key, outcome, reason) -> {
          // Feeds report times of the server's clock. Later stores by others must not seem older.
          Instant before = asked.answered();
          if (outcome != KeyOutcome.DONE) {
            own.forget(key);
          } else if (changes.wantsOwn()) {
            changes.own(ChangeKind.DELETED, key, server, clock.instant(), OptionalLong.empty());
          }
          if (outcome != KeyOutcome.REFUSED) {
            updates.addRemoved(key, server, before);
          }
          visitor.visit(key, outcome, reason);
        }));
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    AskTimes<NewLifetime> asked = new AskTimes<>(keys, clock);
    change(
        server,
        updates -> bulk.refresh(server, asked, (key, outcome, reason) -> {
          Instant before = asked.answered();
          if (outcome == KeyOutcome.DONE) {
            Instant now = clock.instant();
            updates.add(Kind.TOUCHED, touched(key, server, now), now);
          } else if (outcome == KeyOutcome.ABSENT) {
            updates.addRemoved(key.key(), server, before);
          }
          visitor.visit(key, outcome, reason);
        }));
  }

  /** The same items, each noted before it is handed on. */
  private static <T> Iterator<T> noted(Iterator<T> items, Consumer<T> note) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public T next() {
        T item = items.next();
        note.accept(item);
        return item;
      }
    };
  }

  /** memcached counts a new lifetime as a read. */
  private static KeyInfo touched(NewLifetime key, String server, Instant now) {
    return new KeyInfo(
        key.key(), Expiry.after(now, key.lifetime()), 0, now.getEpochSecond(), true, server);
  }

  /** Runs work that reports its changes. */
  private void change(String server, Consumer<IndexUpdates> work) {
    IndexUpdates updates = new IndexUpdates(tracker.live(), executor);
    OwnWork own = tracker.work(server);
    boolean done = false;
    own.begin();
    try {
      work.accept(updates);
      done = true;
    } finally {
      own.end();
      updates.merge();
      if (!done) {
        tracker.doubt(server);
      }
    }
  }

  @Override
  public long maxItemSize(String server) {
    return bulk.maxItemSize(server);
  }
}

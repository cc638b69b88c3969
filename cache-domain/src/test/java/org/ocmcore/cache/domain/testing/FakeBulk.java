package org.ocmcore.cache.domain.testing;

import java.util.Iterator;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Bulk work on one server of a {@link FakeCache}. */
final class FakeBulk {
  private final FakeCache cache;
  private final FakeServer server;

  FakeBulk(FakeCache cache, FakeServer server) {
    this.cache = cache;
    this.server = server;
  }

  private StoreOutcome store(CacheEntry entry, boolean onlyAbsent) {
    if (server.isPast(entry.expiry())) {
      return StoreOutcome.EXPIRED;
    }
    if (entry.size() > ItemSize.DEFAULT_MAX) {
      return StoreOutcome.TOO_LARGE;
    }
    if (cache.refuses(entry.key())) {
      return StoreOutcome.REFUSED;
    }
    if (onlyAbsent && server.find(entry.key()).isPresent()) {
      return StoreOutcome.EXISTS;
    }
    server.put(entry);
    return StoreOutcome.STORED;
  }

  void read(Iterator<KeyInfo> keys, BulkPort.ReadVisitor visitor) {
    execute("read", keys, key -> {
      if (cache.refusesReads(key.key())) {
        return () -> visitor.refused(key, "out of memory");
      }
      return server
          .find(key.key())
          .map(item -> item.fetch(key.key()))
          .<Runnable>map(entry -> () -> visitor.found(key, entry))
          .orElse(() -> visitor.absent(key));
    });
  }

  void find(Iterator<CacheKey> keys, BulkPort.FindVisitor visitor) {
    execute("find", keys, key -> {
      boolean isThere = server.find(key).isPresent();
      return () -> visitor.visit(key, isThere);
    });
  }

  void store(Iterator<CacheEntry> entries, boolean onlyAbsent, BulkPort.StoreVisitor visitor) {
    execute("store", entries, entry -> {
      StoreOutcome outcome = store(entry, onlyAbsent);
      String reason = outcome == StoreOutcome.REFUSED ? "out of memory" : "";
      return () -> visitor.visit(entry, outcome, reason);
    });
  }

  void delete(Iterator<CacheKey> keys, BulkPort.KeyVisitor<CacheKey> visitor) {
    execute("delete", keys, key -> {
      if (cache.refuses(key)) {
        return () -> visitor.visit(key, KeyOutcome.REFUSED, "out of memory");
      }
      KeyOutcome outcome = server.delete(key) ? KeyOutcome.DONE : KeyOutcome.ABSENT;
      return () -> visitor.visit(key, outcome, "");
    });
  }

  void refresh(Iterator<NewLifetime> keys, BulkPort.KeyVisitor<NewLifetime> visitor) {
    execute("refresh", keys, key -> {
      if (cache.refuses(key.key())) {
        return () -> visitor.visit(key, KeyOutcome.REFUSED, "out of memory");
      }
      boolean done = server.refresh(key.key(), key.lifetime());
      return () -> visitor.visit(key, done ? KeyOutcome.DONE : KeyOutcome.ABSENT, "");
    });
  }

  /** Works on each item under the lock, and reports it outside. */
  private <T> void execute(String operation, Iterator<T> all, Function<T, Runnable> work) {
    cache.enter("bulk " + operation);
    while (all.hasNext()) {
      T item = all.next();
      Runnable report;
      synchronized (cache) {
        server.requireUp(operation + " of many");
        if (Thread.currentThread().isInterrupted()) {
          throw server.unavailable(operation + " of many", "interrupted");
        }
        report = work.apply(item);
      }
      report.run();
    }
  }
}

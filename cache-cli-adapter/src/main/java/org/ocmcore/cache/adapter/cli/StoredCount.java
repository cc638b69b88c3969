package org.ocmcore.cache.adapter.cli;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Counts stored entries, so that the number is known even if the work is cut off. */
final class StoredCount implements BulkPort {
  private final BulkPort bulk;
  private final AtomicLong stored = new AtomicLong();

  StoredCount(BulkPort bulk) {
    this.bulk = bulk;
  }

  /** The number of entries that servers confirmed. */
  long stored() {
    return stored.get();
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    bulk.store(server, entries, onlyAbsent, (entry, outcome, reason) -> {
      if (outcome == StoreOutcome.STORED) {
        stored.incrementAndGet();
      }
      visitor.visit(entry, outcome, reason);
    });
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
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    bulk.delete(server, keys, visitor);
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    bulk.refresh(server, keys, visitor);
  }

  @Override
  public long maxItemSize(String server) {
    return bulk.maxItemSize(server);
  }
}

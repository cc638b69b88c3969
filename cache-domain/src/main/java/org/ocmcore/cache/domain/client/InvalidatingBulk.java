package org.ocmcore.cache.domain.client;

import java.util.Iterator;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.NewLifetime;

/**
 * A {@link BulkPort} whose changes are out of the near cache when they are reported. If a call
 * throws, more may have changed than was reported, so everything is dropped.
 */
final class InvalidatingBulk implements BulkPort {
  private final BulkPort bulk;
  private final NearCache near;

  InvalidatingBulk(BulkPort bulk, NearCache near) {
    this.bulk = bulk;
    this.near = near;
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
    change(() -> bulk.store(server, entries, onlyAbsent, (entry, outcome, reason) -> {
      near.invalidate(entry.key());
      visitor.visit(entry, outcome, reason);
    }));
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    change(() -> bulk.delete(server, keys, (key, outcome, reason) -> {
      near.invalidate(key);
      visitor.visit(key, outcome, reason);
    }));
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    change(() -> bulk.refresh(server, keys, (key, outcome, reason) -> {
      near.invalidate(key.key());
      visitor.visit(key, outcome, reason);
    }));
  }

  private void change(Runnable work) {
    boolean isDone = false;
    try {
      work.run();
      isDone = true;
    } finally {
      if (!isDone) {
        near.invalidateAll();
      }
    }
  }

  @Override
  public long maxItemSize(String server) {
    return bulk.maxItemSize(server);
  }
}

package org.ocmcore.cache.domain.client;

import java.time.Clock;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Store;

/** A store whose changes are out of the near cache when they are done. */
final class NearStore implements Store {
  private final Store store;
  private final NearCache near;
  private final CachePort cache;
  private final BulkPort bulk;
  private final NearFeeds feeds;

  /** @param feeds belongs to this store from now on, which closes it */
  NearStore(Store store, NearCache near, NearFeeds feeds) {
    this.store = store;
    this.feeds = feeds;
    this.near = near;
    this.cache = new InvalidatingCache(store.cache(), near);
    this.bulk = new InvalidatingBulk(store.bulk(), near);
  }

  @Override
  public CachePort cache() {
    return cache;
  }

  @Override
  public KeyspacePort keyspace() {
    return store.keyspace();
  }

  @Override
  public BulkPort bulk() {
    return bulk;
  }

  @Override
  public Clock clock() {
    return store.clock();
  }

  /** Closes the feeds and the store, and forgets the near values. */
  @Override
  public void close() {
    feeds.close();
    try {
      store.close();
    } finally {
      near.invalidateAll();
    }
  }
}

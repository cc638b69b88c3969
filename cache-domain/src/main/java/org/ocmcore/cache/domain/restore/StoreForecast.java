package org.ocmcore.cache.domain.restore;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Says what would happen to entries if they were stored now. Stores nothing. */
final class StoreForecast {
  /** The number of entries that are looked up together. */
  private static final int AT_ONCE = 8_192;

  private final Store store;
  private final RestoreRequest.Mode mode;
  private final Clock clock;

  StoreForecast(Store store, RestoreRequest.Mode mode, Clock clock) {
    this.store = store;
    this.mode = mode;
    this.clock = clock;
  }

  /** Takes as many entries as are looked up together and fit into memory. */
  static List<CacheEntry> batch(Iterator<CacheEntry> entries) {
    List<CacheEntry> batch = new ArrayList<>();
    long bytes = 0;
    while (batch.size() < AT_ONCE && bytes < Batches.MAX_BYTES && entries.hasNext()) {
      CacheEntry entry = entries.next();
      batch.add(entry);
      bytes += entry.size();
    }
    return batch;
  }

  /** The outcome for each entry, in their order. */
  List<StoreOutcome> of(String server, List<CacheEntry> entries) {
    long limit = store.bulk().maxItemSize(server);
    Instant now = clock.instant();
    Set<CacheKey> live = live(server, entries);
    return entries.stream().map(entry -> foreseen(entry, live, limit, now)).toList();
  }

  private Set<CacheKey> live(String server, List<CacheEntry> entries) {
    Set<CacheKey> live = new HashSet<>();
    if (mode == RestoreRequest.Mode.ADD) {
      List<CacheKey> keys = entries.stream().map(CacheEntry::key).toList();
      store.bulk().find(server, keys.iterator(), (key, isThere) -> {
        if (isThere) {
          live.add(key);
        }
      });
    }
    return live;
  }

  private static StoreOutcome foreseen(
      CacheEntry entry, Set<CacheKey> live, long limit, Instant now) {
    if (entry.expiry().isPast(now)) {
      return StoreOutcome.EXPIRED;
    }
    if (entry.size() > limit) {
      return StoreOutcome.TOO_LARGE;
    }
    return live.contains(entry.key()) ? StoreOutcome.EXISTS : StoreOutcome.STORED;
  }
}

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
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.transfer.ServerBatcher;

/** Counts what would happen to entries. Stores nothing. */
final class DryRun implements ServerBatcher.Target<CacheEntry> {
  /** The number of entries that are looked up together. */
  private static final int AT_ONCE = 8_192;

  private final Store store;
  private final RestoreRequest.Mode mode;
  private final Clock clock;
  private final RestoreAccountBuilder account;

  DryRun(Store store, RestoreRequest.Mode mode, Clock clock, RestoreAccountBuilder account) {
    this.store = store;
    this.mode = mode;
    this.clock = clock;
    this.account = account;
  }

  @Override
  public void work(String server, Iterator<CacheEntry> entries, Runnable onDone) {
    long limit = store.bulk().maxItemSize(server);
    while (entries.hasNext()) {
      List<CacheEntry> some = new ArrayList<>();
      while (some.size() < AT_ONCE && entries.hasNext()) {
        some.add(entries.next());
      }
      foresee(server, some, limit);
      some.forEach(entry -> onDone.run());
    }
  }

  private void foresee(String server, List<CacheEntry> entries, long limit) {
    Instant now = clock.instant();
    Set<CacheKey> live = live(server, entries);
    for (CacheEntry entry : entries) {
      account.count(entry, foreseen(entry, live, limit, now), "");
    }
  }

  private Set<CacheKey> live(String server, List<CacheEntry> entries) {
    Set<CacheKey> live = new HashSet<>();
    if (mode == RestoreRequest.Mode.ADD) {
      List<CacheKey> keys = new ArrayList<>();
      entries.forEach(entry -> keys.add(entry.key()));
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

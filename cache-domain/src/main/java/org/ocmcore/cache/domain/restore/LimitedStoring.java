package org.ocmcore.cache.domain.restore;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.RestoreLimitReached;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.transfer.ServerBatcher;

/**
 * Stores entries up to a limit, and fails with {@link RestoreLimitReached} when one more would be
 * stored. Entries that would not be stored need no permit, so that any number of them may follow.
 */
final class LimitedStoring implements ServerBatcher.Target<CacheEntry> {
  private final Store store;
  private final RestoreRequest.Mode mode;
  private final StoreForecast forecast;
  private final StorePermits permits;
  private final RestoreAccountBuilder account;

  LimitedStoring(
      Store store,
      RestoreRequest.Mode mode,
      StoreForecast forecast,
      StorePermits permits,
      RestoreAccountBuilder account) {
    this.store = store;
    this.mode = mode;
    this.forecast = forecast;
    this.permits = permits;
    this.account = account;
  }

  @Override
  public void work(String server, Iterator<CacheEntry> entries, Runnable onDone) {
    while (entries.hasNext()) {
      List<CacheEntry> batch = StoreForecast.batch(entries);
      store(server, storable(server, batch));
      batch.forEach(entry -> onDone.run());
    }
  }

  /** The entries that would be stored; counts the others. */
  private List<CacheEntry> storable(String server, List<CacheEntry> batch) {
    List<CacheEntry> storable = new ArrayList<>();
    List<StoreOutcome> outcomes = forecast.of(server, batch);
    for (int i = 0; i < batch.size(); i++) {
      if (outcomes.get(i) == StoreOutcome.STORED) {
        storable.add(batch.get(i));
      } else {
        account.count(batch.get(i), outcomes.get(i), "");
      }
    }
    return storable;
  }

  private void store(String server, List<CacheEntry> storable) {
    int begin = 0;
    while (begin < storable.size()) {
      int taken = permits.take(storable.size() - begin);
      if (taken == 0) {
        throw account.limitReached(permits.limit(), List.of());
      }
      storePermitted(server, storable.subList(begin, begin + taken));
      begin += taken;
    }
  }

  private void storePermitted(String server, List<CacheEntry> permitted) {
    int[] unused = new int[1];
    try {
      store
          .bulk()
          .store(
              server,
              permitted.iterator(),
              mode == RestoreRequest.Mode.ADD,
              (entry, outcome, reason) -> {
                account.count(entry, outcome, reason);
                unused[0] += outcome == StoreOutcome.STORED ? 0 : 1;
              });
    } finally {
      // What was not reported may be stored, so its permits are used.
      permits.settle(permitted.size(), unused[0]);
    }
  }
}

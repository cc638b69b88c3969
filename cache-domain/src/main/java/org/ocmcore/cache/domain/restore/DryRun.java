package org.ocmcore.cache.domain.restore;

import java.util.Iterator;
import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.transfer.ServerBatcher;

/** Counts what would happen to entries. Stores nothing. */
final class DryRun implements ServerBatcher.Target<CacheEntry> {
  private final StoreForecast forecast;
  private final RestoreAccountBuilder account;

  DryRun(StoreForecast forecast, RestoreAccountBuilder account) {
    this.forecast = forecast;
    this.account = account;
  }

  @Override
  public void work(String server, Iterator<CacheEntry> entries, Runnable onDone) {
    while (entries.hasNext()) {
      List<CacheEntry> batch = StoreForecast.batch(entries);
      List<StoreOutcome> outcomes = forecast.of(server, batch);
      for (int i = 0; i < batch.size(); i++) {
        account.count(batch.get(i), outcomes.get(i), "");
        onDone.run();
      }
    }
  }
}

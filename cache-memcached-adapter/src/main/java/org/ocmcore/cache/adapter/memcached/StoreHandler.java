package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.port.BulkPort.StoreVisitor;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Stores entries, and tells what became of each. */
final class StoreHandler implements Pipeline.Handler<CacheEntry> {
  private final ServerLifetimes lifetimes;
  private final long itemLimit;
  private final Clock clock;
  private final boolean onlyAbsent;
  private final StoreVisitor visitor;

  /** @param itemLimit the most bytes that an item may take: what has more is not sent */
  StoreHandler(
      ServerLifetimes lifetimes,
      long itemLimit,
      Clock clock,
      boolean onlyAbsent,
      StoreVisitor visitor) {
    this.lifetimes = lifetimes;
    this.itemLimit = itemLimit;
    this.clock = clock;
    this.onlyAbsent = onlyAbsent;
    this.visitor = visitor;
  }

  @Override
  public long weight(CacheEntry entry) {
    return entry.size();
  }

  @Override
  public void ask(CacheEntry entry, Output output) {
    if (isTooLarge(entry)) {
      return;
    }
    if (entry.expiry().isNever()) {
      store(entry, Lifetime.FOREVER, output);
      return;
    }
    Instant now = clock.instant();
    if (!entry.expiry().isPast(now)) {
      store(entry, entry.expiry().lifetime(now), output);
    }
  }

  private boolean isTooLarge(CacheEntry entry) {
    return entry.size() > itemLimit;
  }

  private void store(CacheEntry entry, Lifetime lifetime, Output output) {
    output.store(entry.key(), entry.value(), lifetimes.ttl(lifetime), onlyAbsent);
  }

  @Override
  public void tell(CacheEntry entry, MetaResponse answer) throws IOException {
    if (answer == null) {
      visitor.visit(entry, whyNotAsked(entry), "");
    } else if (answer.status() == Status.REFUSED) {
      visitor.visit(entry, StoreOutcome.REFUSED, answer.reason());
    } else {
      boolean stored = MetaCommand.STORE.isGranted(answer);
      visitor.visit(entry, stored ? StoreOutcome.STORED : StoreOutcome.EXISTS, "");
    }
  }

  private StoreOutcome whyNotAsked(CacheEntry entry) {
    return isTooLarge(entry) && !entry.expiry().isPast(clock.instant())
        ? StoreOutcome.TOO_LARGE
        : StoreOutcome.EXPIRED;
  }
}

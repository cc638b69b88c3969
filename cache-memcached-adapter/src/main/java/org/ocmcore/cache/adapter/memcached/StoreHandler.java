package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.port.BulkPort.StoreVisitor;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Stores entries and reports the outcome of each to a visitor. */
final class StoreHandler implements Pipeline.Handler<CacheEntry> {
  private final TtlEncoder ttlEncoder;
  private final long maxItemSize;
  private final Clock clock;
  private final boolean onlyAbsent;
  private final StoreVisitor visitor;

  /** @param maxItemSize the maximum size of an item in bytes; larger items are not sent */
  StoreHandler(
      TtlEncoder ttlEncoder,
      long maxItemSize,
      Clock clock,
      boolean onlyAbsent,
      StoreVisitor visitor) {
    this.ttlEncoder = ttlEncoder;
    this.maxItemSize = maxItemSize;
    this.clock = clock;
    this.onlyAbsent = onlyAbsent;
    this.visitor = visitor;
  }

  @Override
  public long weight(CacheEntry entry) {
    return entry.size();
  }

  @Override
  public boolean mayBeQuiet() {
    return true;
  }

  @Override
  public void writeRequest(CacheEntry entry, OutputBuffer output) {
    if (isTooLarge(entry)) {
      return;
    }
    if (entry.expiry().isNever()) {
      appendSet(entry, Lifetime.FOREVER, output);
      return;
    }
    Instant now = clock.instant();
    if (!entry.expiry().isPast(now)) {
      appendSet(entry, entry.expiry().lifetime(now), output);
    }
  }

  private boolean isTooLarge(CacheEntry entry) {
    return entry.size() > maxItemSize;
  }

  private void appendSet(CacheEntry entry, Lifetime lifetime, OutputBuffer output) {
    output.appendSet(entry.key(), entry.value(), ttlEncoder.encode(lifetime), onlyAbsent);
  }

  @Override
  public void handleResponse(CacheEntry entry, MetaResponse response) throws IOException {
    if (response == null) {
      visitor.visit(entry, reasonNotSent(entry), "");
    } else if (response.status() == Status.SERVER_ERROR) {
      visitor.visit(entry, StoreOutcome.REFUSED, response.reason());
    } else {
      boolean stored = MetaCommand.SET.isSuccess(response);
      visitor.visit(entry, stored ? StoreOutcome.STORED : StoreOutcome.EXISTS, "");
    }
  }

  private StoreOutcome reasonNotSent(CacheEntry entry) {
    return isTooLarge(entry) && !entry.expiry().isPast(clock.instant())
        ? StoreOutcome.TOO_LARGE
        : StoreOutcome.EXPIRED;
  }
}

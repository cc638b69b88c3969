package org.ocmcore.cache.benchmarks.inside;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ocmcore.cache.benchmarks.peer.CannedPeer;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** What an item costs in work on many: its meta command is written and its answer read. */
public class PipelineBenchmark extends OnPeer {
  private static final int ITEMS = 10_000;
  private static final Lifetime LIFETIME = Lifetime.ofSeconds(86_400);

  private BulkPort bulk;
  private String server;
  private List<CacheKey> keys;
  private List<KeyInfo> sized;
  private List<NewLifetime> refreshed;
  private List<CacheEntry> entries;
  private int done;

  @Setup(Level.Trial)
  public void connect() {
    bulk = store.bulk();
    server = store.keyspace().servers().get(0);
    CacheValue value = CacheValue.of(CannedPeer.value(VALUE_BYTES), 0);
    keys = IntStream.range(0, ITEMS).mapToObj(OnPeer::key).toList();
    sized = forEach(
        key -> new KeyInfo(key, Expiry.NEVER, 2 * VALUE_BYTES, KeyInfo.UNKNOWN, false, server));
    refreshed = forEach(key -> new NewLifetime(key, LIFETIME));
    entries = forEach(key -> new CacheEntry(key, value, Expiry.NEVER));
  }

  private <T> List<T> forEach(Function<CacheKey, T> item) {
    return keys.stream().map(item).toList();
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public int read() {
    return doneOf(
        ITEMS,
        () -> bulk.read(server, sized.iterator(), new BulkPort.ReadVisitor() {
          @Override
          public void found(KeyInfo key, CacheEntry entry) {
            done++;
          }

          @Override
          public void absent(KeyInfo key) {}

          @Override
          public void refused(KeyInfo key, String reason) {}
        }));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public int delete() {
    return delete(keys);
  }

  /** What a call costs that is about a single item. */
  @Benchmark
  public int deleteAlone() {
    return delete(keys.subList(0, 1));
  }

  private int delete(List<CacheKey> some) {
    return doneOf(
        some.size(),
        () -> bulk.delete(
            server, some.iterator(), (key, outcome, reason) -> count(outcome == KeyOutcome.DONE)));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public int refresh() {
    return doneOf(
        ITEMS,
        () -> bulk.refresh(
            server,
            refreshed.iterator(),
            (key, outcome, reason) -> count(outcome == KeyOutcome.DONE)));
  }

  @Benchmark
  @OperationsPerInvocation(ITEMS)
  public int store() {
    return doneOf(
        ITEMS,
        () -> bulk.store(
            server,
            entries.iterator(),
            false,
            (entry, outcome, reason) -> count(outcome == StoreOutcome.STORED)));
  }

  private void count(boolean isDone) {
    done += isDone ? 1 : 0;
  }

  private int doneOf(int items, Runnable work) {
    done = 0;
    work.run();
    if (done != items) {
      throw new IllegalStateException("%d of %d items were done".formatted(done, items));
    }
    return done;
  }
}

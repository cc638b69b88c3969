package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.Restorer;

/**
 * Dumps and restores by the library in this process. Only the newest dump is kept. For one thread.
 */
final class DumpHarness implements AutoCloseable {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Clock clock = Clock.systemUTC();
  private final MemcachedStore memcached;
  private final Store store;
  private final FileDumps dumps;
  private long dumpBytes;

  /**
   * @param server {@code host:port}
   * @param file the dump
   */
  DumpHarness(String server, Path file) {
    dumps = new FileDumps(file);
    memcached = MemcachedStore.open(MemcachedSettings.parse(server), clock);
    store = Store.of(memcached.cache(), memcached.keyspace(), memcached.bulk(), memcached.clock());
  }

  /** The seconds of a dump, which must have this many entries. */
  double dumpSeconds(long entries) throws Exception {
    Dumper dumper = new Dumper(
        store,
        dumps,
        DumpPolicy.every(Duration.ZERO, new Retention(0, 0)),
        NoEvents.of(DumpEvents.class),
        executor,
        time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
        clock,
        "benchmark");
    DumpResult[] report = new DumpResult[1];
    double seconds =
        Measurement.seconds(() -> report[0] = dumper.dump(Progress.UNWATCHED)).measure();
    require("the dump has", report[0].dump().entries(), entries);
    dumpBytes = report[0].dump().bytes();
    return seconds;
  }

  /**
   * The seconds of a restore of the dump that was made last, which must store this many entries.
   */
  double restoreSeconds(long entries) throws Exception {
    Restorer restorer = new Restorer(store, dumps, AppRule.DEFAULT, executor, clock);
    RestoreAccount[] report = new RestoreAccount[1];
    double seconds = Measurement.seconds(() -> report[0] = restorer.restore(
            RestoreRequest.MISSING.in(RestoreRequest.Mode.REPLACE), Progress.UNWATCHED))
        .measure();
    require("the restore stored", report[0].restored(), entries);
    return seconds;
  }

  private static void require(String what, long entries, long expected) throws IOException {
    if (entries != expected) {
      throw new IOException("%s %d entries, expected %d".formatted(what, entries, expected));
    }
  }

  /** The size of the dump that was made last. */
  long dumpBytes() {
    return dumpBytes;
  }

  @Override
  public void close() {
    memcached.close();
    executor.shutdownNow();
  }
}

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
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.Restorer;

/**
 * Dumps and restores in this process: what the library does, without the service around it. Only
 * the newest dump stays.
 */
final class DumpStand implements AutoCloseable {
  /** What dumps and restores are compared with. */
  static final String BARE = "bare client";

  /** A name for the file. */
  static final String FILE = "dump.json";

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Clock clock = Clock.systemUTC();
  private final Path file;
  private final MemcachedStore memcached;
  private final Store store;
  private final FileDumps dumps;
  private long bytes;

  /** @param file where the dump goes; its ending says how it is compressed */
  DumpStand(String server, Path file) {
    this.file = file;
    dumps = new FileDumps(file);
    memcached = MemcachedStore.open(MemcachedSettings.parse(server), clock);
    store = new Store(memcached.cache(), memcached.keyspace(), memcached.bulk());
  }

  /** The seconds of a dump, which must have so many entries. */
  double dumpSeconds(long entries) throws Exception {
    Dumper dumper = new Dumper(
        store,
        dumps,
        DumpPolicy.every(Duration.ZERO, new Retention(0, 0)),
        new Silence(),
        executor,
        time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
        clock,
        "benchmark");
    DumpResult[] report = new DumpResult[1];
    double seconds =
        Probe.seconds(() -> report[0] = dumper.dump(Progress.UNWATCHED)).measure();
    require("the dump has", report[0].dump().entries(), entries);
    bytes = report[0].dump().bytes();
    return seconds;
  }

  /** The seconds of a restore of a dump that was checked when it was written here. */
  double restoreSeconds(long entries) throws Exception {
    return restoreSeconds(dumps, entries);
  }

  /** The seconds of a restore of a dump that somebody else has written. */
  double strangeRestoreSeconds(long entries) throws Exception {
    return restoreSeconds(new FileDumps(file), entries);
  }

  private double restoreSeconds(FileDumps from, long entries) throws Exception {
    Restorer restorer = new Restorer(store, from, executor, clock);
    RestoreAccount[] report = new RestoreAccount[1];
    double seconds = Probe.seconds(() -> report[0] = restorer.restore(
            RestoreRequest.MISSING.in(RestoreRequest.Mode.REPLACE), Progress.UNWATCHED))
        .measure();
    require("the restore has stored", report[0].restored(), entries);
    return seconds;
  }

  private static void require(String what, long count, long expected) throws IOException {
    if (count != expected) {
      throw new IOException("%s %d entries, expected %d".formatted(what, count, expected));
    }
  }

  /** How large the file is that was written last. */
  Comparison size(String what) {
    return Comparison.of(what, Unit.BYTES, () -> bytes).once();
  }

  @Override
  public void close() {
    memcached.close();
    executor.shutdownNow();
  }

  /** Nobody watches; a dump that fails throws. */
  private static final class Silence implements DumpEvents {
    @Override
    public void written(DumpResult report) {}

    @Override
    public void failed(RuntimeException failure) {}

    @Override
    public void skipped(String reason) {}

    @Override
    public void throttled(String server, Duration latency, Duration leftAlone) {}

    @Override
    public void notRemoved(RuntimeException failure) {}
  }
}

package org.ocmcore.cache.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.prometheus.PrometheusEvents;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.BulkWorker;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Task;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.Restorer;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.TrackedCache;

/**
 * The work of a service on many keys, on a {@link TrainingServer}. It has an index and dumps of its
 * own; what it does is neither logged nor shown in the metrics of the service.
 */
final class TrainingWork implements AutoCloseable {
  private static final long PATTERN_STEPS = 15_000_000;

  /** The keys are so many that they use up the steps of this pattern, as millions of keys do. */
  private static final KeyFilter ALL =
      KeyFilter.matching(KeyPattern.of("user").limitedTo(PATTERN_STEPS));

  private static final Lifetime LIFETIME = Lifetime.of(Duration.ofHours(1));

  private final MemcachedStore memcached;
  private final ExecutorService executor = ServiceModule.executor();
  private final ThreadScheduler scheduler = ServiceModule.scheduler(executor);
  private final Jobs jobs;
  private final KeyTracker tracker;
  private final TrackedCache cache;
  private final Dumper dumper;
  private final Restorer restorer;
  private final BulkWorker bulk;

  /** @param dumps the path of the current dump, in a folder that nobody else uses */
  TrainingWork(TrainingServer server, Path dumps) {
    Clock clock = Clock.systemUTC();
    // First, as it may fail. Restores check what others have written, as after a restart.
    FileDumps written = new FileDumps(dumps);
    FileDumps restored = new FileDumps(dumps);
    Map<String, String> environment =
        new HashMap<>(TrainingRuns.environment(server, dumps.getParent()));
    environment.put("CACHE_FEED", "on");
    AppConfig config = AppConfig.from(environment);
    memcached =
        MemcachedStore.open(config.requireServers().settings().withoutSharedConnections(), clock);
    jobs = new Jobs(executor, clock, job -> {});
    PrometheusEvents unseen = new PrometheusEvents();
    tracker = new KeyTracker(
        memcached.keyspace(),
        memcached.cache(),
        executor,
        scheduler,
        clock,
        config.tracking(),
        unseen);
    tracker.start();
    cache = ServiceModule.trackedCache(memcached.cache(), tracker, clock);
    Store store = ServiceModule.trackedStore(
        cache, memcached.keyspace(), memcached.bulk(), tracker, executor, clock);
    dumper = new Dumper(
        store,
        written,
        config.dumps().policy(),
        unseen,
        executor,
        Threads::pause,
        clock,
        Version.TEXT);
    restorer = ServiceModule.restorer(store, restored, config.apps(), executor, clock);
    bulk = new BulkWorker(store, tracker, config.apps(), executor, Threads::pause, clock);
  }

  /**
   * One after the other: a walk, a dump, a refresh and a deletion of all keys, and restores where
   * keys have left traces and where they have not.
   */
  List<Runnable> all() {
    return List.of(
        tracker::fresh,
        () -> work(dumper::dump),
        () -> change(new BulkChange.Refresh(LIFETIME, 0)),
        () -> change(BulkChange.DELETE),
        this::restore,
        cache::clear,
        this::restore);
  }

  private void restore() {
    work(progress -> restorer.restore(RestoreRequest.MISSING, progress));
  }

  private void change(BulkChange change) {
    work(progress -> bulk.run(new BulkRequest(change, ALL), progress));
  }

  private void work(Task<?> task) {
    jobs.run(JobKind.of("training"), task);
  }

  @Override
  public void close() {
    tracker.close();
    scheduler.close();
    executor.shutdownNow();
    memcached.close();
  }
}

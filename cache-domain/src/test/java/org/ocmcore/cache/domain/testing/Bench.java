package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.bulk.BulkJobs;
import org.ocmcore.cache.domain.bulk.BulkWorker;
import org.ocmcore.cache.domain.dump.DumpComparer;
import org.ocmcore.cache.domain.dump.DumpInspector;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.KeyRouter;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.Restorer;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.TrackedBulk;
import org.ocmcore.cache.domain.tracking.TrackedCache;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/**
 * The whole domain, on fakes: three servers, a clock that stands, an empty place for dumps, and
 * jobs that begin when the test runs them.
 */
public final class Bench {
  /** The policy of the dumps: every minute, and two older ones stay. */
  public static final DumpPolicy POLICY =
      DumpPolicy.every(Duration.ofSeconds(60), new Retention(2, 0));

  public final MutableClock clock = new MutableClock();
  public final FakeCache cache;
  public final FakeDumps dumps = new FakeDumps();
  public final ManualScheduler scheduler = new ManualScheduler(clock);
  public final RecordedEvents events = new RecordedEvents();
  public final RecordedTracking tracking = new RecordedTracking();
  public final ManualExecutor executor = new ManualExecutor();
  public final RecordedJobs ended = new RecordedJobs();
  public final KeyTracker tracker;
  public final Store store;
  public final Jobs jobs;
  public final Dumper dumper;
  public final Restorer restorer;
  public final DumpInspector inspector;
  public final DumpJobs dumpJobs;
  public final AutoDump autoDump;
  public final KeyRouter named;
  public final RecordedAudit audit = new RecordedAudit();
  public final CacheReader reader;
  public final BulkJobs bulk;
  public final CacheAdmin admin;

  /** With three servers. */
  public Bench() {
    this("a:1", "b:1", "c:1");
  }

  /** With these servers. */
  public Bench(String... servers) {
    cache = new FakeCache(clock, servers);
    tracker = tracker(Runnable::run);
    store = Store.of(cache, cache, cache, clock);
    jobs = new Jobs(executor, clock, ended);
    dumper = dumper(POLICY);
    restorer = new Restorer(store, dumps, AppRule.DEFAULT, Runnable::run, clock);
    inspector = new DumpInspector(
        dumps, new DumpComparer(store, tracker, AppRule.DEFAULT, clock), AppRule.DEFAULT);
    dumpJobs = new DumpJobs(jobs, dumper, restorer, dumps, inspector);
    autoDump = new AutoDump(dumpJobs, POLICY, cache, Optional.empty(), events, scheduler, clock);
    named = new KeyRouter(tracked(), tracker, Runnable::run);
    reader = reader(tracker, Runnable::run);
    BulkWorker worker =
        new BulkWorker(tracked(), tracker, AppRule.DEFAULT, Runnable::run, clock::advance, clock);
    bulk = new BulkJobs(jobs, worker, clock);
    admin = admin(ManagementPolicy.of(Environment.DEVELOPMENT));
  }

  /** The same use cases by another policy. */
  public final CacheAdmin admin(ManagementPolicy policy) {
    return new CacheAdmin(
        policy,
        new TrackedCache(cache, tracker, clock),
        named,
        AppRule.DEFAULT,
        bulk,
        dumpJobs,
        autoDump,
        jobs,
        audit,
        clock);
  }

  /** A reader of its own, which asks servers on this executor. */
  public final CacheReader reader(KeyTracker itsTracker, Executor asking) {
    return new CacheReader(
        store,
        itsTracker,
        new KeyRouter(store, itsTracker, asking),
        AppRule.DEFAULT,
        HiddenValues.NONE,
        inspector,
        dumpJobs,
        autoDump,
        jobs,
        asking,
        audit);
  }

  /**
   * A dumper of its own: all it does it does on the thread that asks, and pauses move the clock.
   */
  public final Dumper dumper(DumpPolicy policy) {
    return dumper(policy, Runnable::run);
  }

  /** A dumper of its own, which reads servers on this executor; pauses move the clock. */
  public final Dumper dumper(DumpPolicy policy, Executor reading) {
    return new Dumper(store, dumps, policy, events, reading, clock::advance, clock, "1.0");
  }

  /** The store of which every change is known to the tracker. */
  public final Store tracked() {
    return Store.of(
        new TrackedCache(cache, tracker, clock),
        cache,
        new TrackedBulk(cache, tracker, Runnable::run, clock),
        clock);
  }

  /** A tracker of its own, which walks on this executor. */
  public final KeyTracker tracker(Executor executor) {
    return new KeyTracker(
        cache, cache, executor, scheduler, clock, TrackingPolicy.DEFAULT, tracking);
  }

  /** Stores a key that never ends. */
  public void store(String key, String value) {
    cache.store(CacheKey.of(key), CacheValue.ofText(value), Lifetime.FOREVER);
  }

  /** Stores so many keys that never end: the prefix with 0, 1, 2 and so on. */
  public void storeMany(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      store(prefix + i, "v");
    }
  }

  /** Puts a copy of a key on a server where it does not belong, and returns that server. */
  public String stray(String key) {
    String home = cache.place(CacheKey.of(key)).server();
    String elsewhere = cache.servers().stream()
        .filter(server -> !server.equals(home))
        .findFirst()
        .orElseThrow();
    cache.put(
        elsewhere, new CacheEntry(CacheKey.of(key), CacheValue.ofText("stray"), Expiry.NEVER));
    return elsewhere;
  }

  /** Has this done before each call of a port's method of this name. */
  public void before(String operation, Runnable work) {
    cache.beforeEach(called -> {
      if (called.equals(operation)) {
        work.run();
      }
    });
  }
}

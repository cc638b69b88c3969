package org.ocmcore.cache.app;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.ocmcore.cache.adapter.cli.DirectServers;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.changes.ChangeSubscription;
import org.ocmcore.cache.domain.dump.DumpComparer;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.dump.DumpInspector;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.named.KeyRouter;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.TrackedCache;

/**
 * The servers without a service. It keeps no dumps, follows no feed and writes no audit log, since
 * a service may do so at the same place. It is wired without Guice, whose start takes longer than a
 * short command.
 */
final class DirectStore implements DirectServers {
  private static final int BUFFERED_CHANGES = 100_000;

  private final MemcachedStore store;
  private final ExecutorService executor;
  private final ThreadScheduler scheduler;
  private final KeyTracker tracker;
  private final DumpComparer comparer;
  private final CacheReader reader;
  private final CacheAdmin admin;

  private DirectStore(AppConfig config, MemcachedStore opened, Clock clock) {
    store = opened;
    executor = ServiceModule.executor();
    scheduler = ServiceModule.scheduler(executor);
    tracker = new KeyTracker(
        opened.keyspace(),
        opened.cache(),
        executor,
        scheduler,
        clock,
        config.tracking(),
        new TrackingLog());
    TrackedCache cache = ServiceModule.trackedCache(opened.cache(), tracker, clock);
    Store tracked = ServiceModule.trackedStore(
        cache, opened.keyspace(), opened.bulk(), tracker, executor, clock);
    AppRule apps = config.apps();
    AuditPort audit = AuditPort.NONE;
    DumpPort dumps = new NoDumps();
    Jobs jobs = new Jobs(executor, clock, new JobLog());
    comparer = ServiceModule.comparer(tracked, tracker, apps, clock);
    DumpInspector inspector = ServiceModule.inspector(dumps, comparer, apps);
    DumpJobs dumpJobs = ServiceModule.dumpJobs(
        jobs,
        new Dumper(
            tracked,
            dumps,
            config.dumps().policy(),
            new DumpLog(),
            executor,
            Threads::pause,
            clock,
            Version.TEXT),
        ServiceModule.restorer(tracked, dumps, apps, executor, clock),
        dumps,
        inspector);
    AutoDump autoDump = new AutoDump(
        dumpJobs,
        config.dumps().policy(),
        opened.keyspace(),
        Optional.empty(),
        new DumpLog(),
        scheduler,
        clock);
    KeyRouter router = ServiceModule.keyRouter(tracked, tracker, executor);
    reader = ServiceModule.reader(
        tracked,
        tracker,
        router,
        apps,
        ServiceModule.hidden(config),
        inspector,
        dumpJobs,
        autoDump,
        jobs,
        executor,
        audit);
    admin = ServiceModule.admin(
        config,
        cache,
        router,
        apps,
        ServiceModule.bulkJobs(tracked, tracker, apps, jobs, executor, clock),
        dumpJobs,
        autoDump,
        jobs,
        audit,
        clock);
  }

  /** Opens it. Does not wait for servers. */
  static DirectStore open(AppConfig config, Clock clock) {
    MemcachedSettings settings = config.requireServers().settings().withoutSharedConnections();
    return new DirectStore(config, MemcachedStore.open(settings, clock), clock);
  }

  @Override
  public Store store() {
    return Store.of(store.cache(), store.keyspace(), store.bulk(), store.clock());
  }

  @Override
  public CallerUseCases cases() {
    return new CallerUseCases(Caller.SERVICE, reader, admin);
  }

  @Override
  public ChangeSubscription follow(ChangeQuery query) {
    tracker.start();
    return reader.follow(query, BUFFERED_CHANGES);
  }

  @Override
  public DumpDiff diff(DumpSource dump, int limit, Progress progress) {
    return comparer.diff(dump, dump.currentName(), AppScope.ALL, limit, progress);
  }

  @Override
  public void close() {
    tracker.close();
    scheduler.close();
    executor.shutdownNow();
    store.close();
  }
}

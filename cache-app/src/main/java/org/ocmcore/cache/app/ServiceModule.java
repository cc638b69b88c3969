package org.ocmcore.cache.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.ocmcore.cache.adapter.file.DumpLock;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.adapter.http.HttpApi;
import org.ocmcore.cache.adapter.prometheus.PrometheusEvents;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.bulk.BulkJobs;
import org.ocmcore.cache.domain.bulk.BulkWorker;
import org.ocmcore.cache.domain.dump.DumpComparer;
import org.ocmcore.cache.domain.dump.DumpInspector;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.monitoring.Readiness;
import org.ocmcore.cache.domain.monitoring.SampledKeyspace;
import org.ocmcore.cache.domain.monitoring.StatsHistory;
import org.ocmcore.cache.domain.named.KeyRouter;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.Restorer;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.schedule.DumpLease;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.RingCheck;
import org.ocmcore.cache.domain.tracking.TrackedBulk;
import org.ocmcore.cache.domain.tracking.TrackedCache;

/** Binds everything that is independent of the store. */
final class ServiceModule extends AbstractModule {
  private final AppConfig config;

  ServiceModule(AppConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(AppConfig.class).toInstance(config);
    bind(Clock.class).toInstance(Clock.systemUTC());
    install(new MonitoringModule());
    install(new ApiModule());
  }

  @Provides
  @Singleton
  static ExecutorService executor() {
    return new RequestThreads("ask");
  }

  @Provides
  @Singleton
  static KeyTracker tracker(
      KeyspacePort keyspace,
      CachePort cache,
      ExecutorService executor,
      ThreadScheduler scheduler,
      Clock clock,
      PrometheusEvents events,
      StatsHistory history,
      AppConfig config) {
    return new KeyTracker(
        new SampledKeyspace(keyspace, history),
        cache,
        executor,
        scheduler,
        clock,
        config.tracking(),
        new TrackingLog().and(events));
  }

  /** All writers use this store, so that the index learns of their changes. */
  @Provides
  @Singleton
  static TrackedCache trackedCache(CachePort cache, KeyTracker tracker, Clock clock) {
    return new TrackedCache(cache, tracker, clock);
  }

  @Provides
  @Singleton
  static DumpLock dumpLock(AppConfig config) {
    return DumpLock.acquire(config.dumps().resolved());
  }

  @Provides
  @Singleton
  static AuditPort audit(AppConfig config, Clock clock) {
    return config.audit().open(clock);
  }

  /** Needs the lock first: it removes what a killed process left. */
  @Provides
  @Singleton
  static DumpPort dumps(AppConfig config, DumpLock lock) {
    return new FileDumps(config.dumps().resolved());
  }

  @Provides
  @Singleton
  static Authenticator authenticator(AppConfig config, Clock clock, AuditPort audit) {
    return config.access().authenticator(clock, audit);
  }

  @Provides
  @Singleton
  static Jobs jobs(
      ExecutorService executor, Clock clock, PrometheusEvents events, Authenticator callers) {
    return new Jobs(executor, clock, new JobLog().and(events), callers::isStillAllowed);
  }

  /** The same for bulk work. */
  @Provides
  @Singleton
  static Store trackedStore(
      TrackedCache cache,
      KeyspacePort keyspace,
      BulkPort bulk,
      KeyTracker tracker,
      ExecutorService executor,
      Clock clock) {
    return Store.of(cache, keyspace, new TrackedBulk(bulk, tracker, executor, clock), clock);
  }

  @Provides
  @Singleton
  static Dumper dumper(
      Store store,
      DumpPort dumps,
      AppConfig config,
      ExecutorService executor,
      PrometheusEvents events,
      Clock clock) {
    return new Dumper(
        store,
        dumps,
        config.dumps().policy(),
        new DumpLog().and(events),
        executor,
        Threads::pause,
        clock,
        Version.TEXT);
  }

  @Provides
  @Singleton
  static HiddenValues hidden(AppConfig config) {
    return config.access().hidden();
  }

  @Provides
  static AppRule apps(AppConfig config) {
    return config.apps();
  }

  @Provides
  @Singleton
  static Restorer restorer(
      Store store, DumpPort dumps, AppRule apps, ExecutorService executor, Clock clock) {
    return new Restorer(store, dumps, apps, executor, clock);
  }

  @Provides
  @Singleton
  static DumpComparer comparer(Store store, KeyTracker tracker, AppRule apps, Clock clock) {
    return new DumpComparer(store, tracker, apps, clock);
  }

  @Provides
  @Singleton
  static DumpInspector inspector(DumpPort dumps, DumpComparer comparer, AppRule apps) {
    return new DumpInspector(dumps, comparer, apps);
  }

  @Provides
  @Singleton
  static DumpJobs dumpJobs(
      Jobs jobs, Dumper dumper, Restorer restorer, DumpPort dumps, DumpInspector inspector) {
    return new DumpJobs(jobs, dumper, restorer, dumps, inspector);
  }

  @Provides
  @Singleton
  static ThreadScheduler scheduler(ExecutorService executor) {
    return new ThreadScheduler(executor);
  }

  @Provides
  @Singleton
  static AutoDump autoDump(
      DumpJobs dumps,
      AppConfig config,
      KeyspacePort keyspace,
      CachePort cache,
      ThreadScheduler scheduler,
      PrometheusEvents events,
      Clock clock) {
    Optional<DumpLease> lease = config.dumps().lease()
        ? Optional.of(new DumpLease(cache, processName()))
        : Optional.empty();
    return new AutoDump(
        dumps,
        config.dumps().policy(),
        keyspace,
        lease,
        new DumpLog().and(events),
        scheduler,
        clock);
  }

  /** Names this process among all, also for people. */
  private static String processName() {
    return "process %d on %s, started as %s"
        .formatted(ProcessHandle.current().pid(), hostName(), UUID.randomUUID());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  @Provides
  @Singleton
  static KeyRouter keyRouter(Store store, KeyTracker tracker, ExecutorService executor) {
    return new KeyRouter(store, tracker, executor);
  }

  @Provides
  @Singleton
  static CacheReader reader(
      Store store,
      KeyTracker tracker,
      KeyRouter named,
      AppRule apps,
      HiddenValues hidden,
      DumpInspector dumps,
      DumpJobs dumpJobs,
      AutoDump autoDump,
      Jobs jobs,
      ExecutorService executor,
      AuditPort audit) {
    return new CacheReader(
        store, tracker, named, apps, hidden, dumps, dumpJobs, autoDump, jobs, executor, audit);
  }

  @Provides
  @Singleton
  static BulkJobs bulkJobs(
      Store store,
      KeyTracker tracker,
      AppRule apps,
      Jobs jobs,
      ExecutorService executor,
      Clock clock) {
    BulkWorker worker = new BulkWorker(store, tracker, apps, executor, Threads::pause, clock);
    return new BulkJobs(jobs, worker, clock);
  }

  @Provides
  @Singleton
  static CacheAdmin admin(
      AppConfig config,
      TrackedCache cache,
      KeyRouter named,
      AppRule apps,
      BulkJobs bulk,
      DumpJobs dumps,
      AutoDump autoDump,
      Jobs jobs,
      AuditPort audit,
      Clock clock) {
    return new CacheAdmin(
        config.access().management(),
        cache,
        named,
        apps,
        bulk,
        dumps,
        autoDump,
        jobs,
        audit,
        clock);
  }

  @Provides
  @Singleton
  static RingCheck rings(
      KeyspacePort keyspace, KeyTracker tracker, ThreadScheduler scheduler, Clock clock) {
    return new RingCheck(keyspace, tracker, scheduler, clock, new RingLog());
  }

  @Provides
  @Singleton
  static Service service(
      AppConfig config,
      KeyspacePort keyspace,
      KeyTracker tracker,
      RingCheck rings,
      DumpJobs dumps,
      HttpApi http,
      AutoDump autoDump,
      Readiness readiness,
      Jobs jobs,
      ThreadScheduler scheduler,
      ExecutorService executor,
      StoreConnection store,
      DumpLock lock,
      AuditPort audit,
      Clock clock) {
    return new Service(
        config, keyspace, tracker, rings, dumps, http, autoDump, readiness, jobs, scheduler,
        executor, store, lock, audit, clock);
  }
}

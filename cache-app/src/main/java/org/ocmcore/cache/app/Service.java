package org.ocmcore.cache.app;

import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.ocmcore.cache.adapter.file.DumpLock;
import org.ocmcore.cache.adapter.http.HttpApi;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.monitoring.Readiness;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.RingCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running service: starts and stops everything in order. Can be started and closed once. */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  /** What waits for the end, all together, stays below the ten seconds that supervisors give. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);
  private static final Duration TELLING = Duration.ofSeconds(5);

  static {
    // Guice would otherwise define classes in ways that newer JDKs warn about.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    System.setProperty("guice_custom_class_loading", "CHILD");
  }

  private final AppConfig config;
  private final KeyspacePort keyspace;
  private final KeyTracker tracker;
  private final RingCheck rings;
  private final DumpJobs dumps;
  private final HttpApi http;
  private final AutoDump autoDump;
  private final Readiness readiness;
  private final Jobs jobs;
  private final ThreadScheduler scheduler;
  private final ExecutorService executor;
  private final StoreConnection store;
  private final DumpLock lock;
  private final AuditPort audit;
  private final Clock clock;

  Service(
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
    this.config = config;
    this.keyspace = keyspace;
    this.tracker = tracker;
    this.rings = rings;
    this.dumps = dumps;
    this.http = http;
    this.autoDump = autoDump;
    this.readiness = readiness;
    this.jobs = jobs;
    this.scheduler = scheduler;
    this.executor = executor;
    this.store = store;
    this.lock = lock;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Builds the service without starting it.
   *
   * @throws CacheException if dumps or the audit log cannot be kept at their place
   */
  public static Service create(AppConfig config) {
    try {
      return Guice.createInjector(Stage.DEVELOPMENT, modules(config)).getInstance(Service.class);
    } catch (ProvisionException e) {
      throw e.getCause() instanceof CacheException failure ? failure : e;
    }
  }

  static List<Module> modules(AppConfig config) {
    return List.of(new ServiceModule(config), storeModule(config.store()));
  }

  static Module storeModule(AppConfig.Store store) {
    return store instanceof AppConfig.Memcached memcached
        ? new MemcachedModule(memcached)
        : new MemoryModule((AppConfig.Memory) store);
  }

  /**
   * Starts in this order: the API listens, servers are tracked (and compared with rings, if none is
   * configured), the dump is restored if that is set, automatic dumps begin. The API comes first,
   * since a start that fails must not have written anything.
   *
   * @throws IOException if it cannot listen; the message says why
   */
  public void start() throws IOException {
    http.start();
    config.https().ifPresent(files -> new CertificateWatch(files, scheduler, clock, LOG).start());
    tracker.start();
    if (config.store() instanceof AppConfig.Memcached memcached && !memcached.ringIsSet()) {
      rings.start();
    }
    if (config.dumps().restoreOnStart()) {
      new WarmUp(() -> dumps.startRestore(RestoreRequest.MISSING.ontoCold()), TELLING, clock, LOG)
          .run();
    }
    if (config.dumps().policy().isAutomatic()) {
      autoDump.start();
    }
    readiness.started();
  }

  /** The servers that do not answer, with the reasons. Waits for each, at most its timeout. */
  public List<StoreUnavailable> unreachable() {
    List<CompletableFuture<Optional<StoreUnavailable>>> answers = keyspace.servers().stream()
        .map(server -> CompletableFuture.supplyAsync(() -> failure(server), executor))
        .toList();
    return answers.stream()
        .map(CompletableFuture::join)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<StoreUnavailable> failure(String server) {
    try {
      keyspace.stats(server);
      return Optional.empty();
    } catch (StoreUnavailable e) {
      return Optional.of(e);
    }
  }

  /** Whether a job is queued or running. */
  public boolean isWorking() {
    return jobs.recent().stream().anyMatch(job -> !job.snapshot().state().isFinal());
  }

  /** Prepares what first requests would wait for; takes part of a second. */
  void prepareAnswers() {
    http.prepareAnswers();
  }

  /** The port where the API listens. */
  public int port() {
    return http.port();
  }

  /**
   * Stops: takes no more requests, cancels the running jobs, and finishes the last answers. Returns
   * within ten seconds, unless a server does not answer for longer.
   */
  @Override
  public void close() {
    // At once, since a client that waits for a job gets its answer when the job is cancelled.
    Thread lastAnswers = new Thread(http::close, "last answers");
    lastAnswers.start();
    autoDump.stop();
    scheduler.close();
    for (Job job : jobs.close(PATIENCE)) {
      LOG.warn(
          "job {}: the {} is still running after {} s; it is cut off",
          job.id(),
          job.kind().name(),
          PATIENCE.toSeconds());
    }
    await(lastAnswers);
    rings.close();
    tracker.close();
    executor.shutdownNow();
    awaitExecutor();
    store.close();
    // Last, since a job that is cut off is recorded as well.
    audit.close();
    lock.close();
  }

  private static void await(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** So that none of them finds the store closed. */
  private void awaitExecutor() {
    try {
      if (!executor.awaitTermination(LAST_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn(
            "a server is still being asked after {} s; it is cut off", LAST_PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

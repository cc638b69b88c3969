package org.ocmcore.cache.app;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import com.google.inject.util.Modules;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.ocmcore.cache.adapter.cli.DirectServers;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.changes.ChangeSubscription;
import org.ocmcore.cache.domain.dump.DumpComparer;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * The servers without a service. It keeps no dumps, follows no feed and writes no audit log, since
 * a service may do so at the same place.
 */
final class DirectStore implements DirectServers {
  private static final int BUFFERED_CHANGES = 100_000;

  private final Injector injector;
  private final Clock clock;

  private DirectStore(Injector injector, Clock clock) {
    this.injector = injector;
    this.clock = clock;
  }

  /** Opens it. Does not wait for servers. */
  static DirectStore open(AppConfig config, Clock clock) {
    Injector injector = Guice.createInjector(
        Stage.DEVELOPMENT,
        Service.storeModule(config.store()),
        Modules.override(new ServiceModule(config)).with(binder -> {
          binder.bind(Clock.class).toInstance(clock);
          binder.bind(DumpPort.class).toInstance(new NoDumps());
          binder.bind(AuditPort.class).toInstance(AuditPort.NONE);
        }));
    return new DirectStore(injector, clock);
  }

  @Override
  public Store store() {
    return Store.of(
        injector.getInstance(CachePort.class),
        injector.getInstance(KeyspacePort.class),
        injector.getInstance(BulkPort.class),
        clock);
  }

  @Override
  public CallerUseCases cases() {
    return new CallerUseCases(
        Caller.SERVICE,
        injector.getInstance(CacheReader.class),
        injector.getInstance(CacheAdmin.class));
  }

  @Override
  public ChangeSubscription follow(ChangeQuery query) {
    injector.getInstance(KeyTracker.class).start();
    return injector.getInstance(CacheReader.class).follow(query, BUFFERED_CHANGES);
  }

  @Override
  public DumpDiff diff(DumpSource dump, int limit, Progress progress) {
    return injector
        .getInstance(DumpComparer.class)
        .diff(dump, dump.currentName(), AppScope.ALL, limit, progress);
  }

  @Override
  public void close() {
    injector.getInstance(KeyTracker.class).close();
    injector.getInstance(ThreadScheduler.class).close();
    injector.getInstance(ExecutorService.class).shutdownNow();
    injector.getInstance(StoreConnection.class).close();
  }
}

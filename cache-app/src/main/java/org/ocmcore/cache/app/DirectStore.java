package org.ocmcore.cache.app;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import java.time.Clock;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Store;

/** The servers without an index of their keys, for commands without a service. */
final class DirectStore implements AutoCloseable {
  private final Store store;
  private final StoreConnection connection;

  private DirectStore(Store store, StoreConnection connection) {
    this.store = store;
    this.connection = connection;
  }

  /** Opens it. Does not wait for servers. */
  static DirectStore open(AppConfig.Store config, Clock clock) {
    Injector injector = Guice.createInjector(
        Stage.DEVELOPMENT,
        Service.storeModule(config),
        binder -> binder.bind(Clock.class).toInstance(clock));
    return new DirectStore(
        Store.of(
            injector.getInstance(CachePort.class),
            injector.getInstance(KeyspacePort.class),
            injector.getInstance(BulkPort.class),
            clock),
        injector.getInstance(StoreConnection.class));
  }

  Store store() {
    return store;
  }

  @Override
  public void close() {
    connection.close();
  }
}

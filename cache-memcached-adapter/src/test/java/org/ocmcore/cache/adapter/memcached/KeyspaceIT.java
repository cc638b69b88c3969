package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.port.KeyspacePortContract;
import org.ocmcore.cache.domain.port.Store;

/**
 * Runs the contract on one real server, on three, on one of a newer release, and over each kind of
 * connection.
 */
@ParameterizedClass(name = "{0} servers, {1}, {2}")
@CsvSource({
  "1, INSTALLED, PLAIN",
  "3, INSTALLED, PLAIN",
  "1, NEWER, PLAIN",
  "1, INSTALLED, TLS",
  "1, NEWER, TLS",
  "3, INSTALLED, UNIX_SOCKET",
  "1, NEWER, PASSWORD"
})
final class KeyspaceIT extends KeyspacePortContract {
  private final int count;
  private final Release release;
  private final Transport transport;
  private Fleet fleet;

  KeyspaceIT(int count, Release release, Transport transport) {
    this.count = count;
    this.release = release;
    this.transport = transport;
  }

  @Override
  protected Store createStore() {
    fleet = Fleet.of(count, release, transport);
    return fleet.ports();
  }

  @Override
  protected void elapse(Duration duration) {
    fleet.elapse(duration);
  }

  @Override
  protected boolean reportsFlags() {
    String version = fleet.store.keyspace().stats(fleet.only().address()).version();
    return !ServerVersion.parse(version).orElseThrow().isBefore(new ServerVersion(1, 6, 24));
  }

  @Override
  protected Instant now() {
    return fleet.now();
  }

  @AfterEach
  void close() {
    fleet.close();
  }
}

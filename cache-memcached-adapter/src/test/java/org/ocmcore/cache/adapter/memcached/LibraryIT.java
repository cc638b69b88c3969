package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.domain.client.CacheContract;
import org.ocmcore.cache.domain.port.Store;

/** The library on one real server, on three, and on one of a newer release. */
@ParameterizedClass(name = "{0} servers, {1}")
@CsvSource({"1, INSTALLED", "3, INSTALLED", "1, NEWER"})
final class LibraryIT extends CacheContract {
  private final int count;
  private final Release release;
  private Fleet fleet;

  LibraryIT(int count, Release release) {
    this.count = count;
    this.release = release;
  }

  @Override
  protected Store createStore() {
    fleet = Fleet.of(count, release);
    return fleet.store;
  }

  @Override
  protected void elapse(Duration duration) {
    fleet.elapse(duration);
  }

  @AfterEach
  void close() {
    fleet.close();
  }
}

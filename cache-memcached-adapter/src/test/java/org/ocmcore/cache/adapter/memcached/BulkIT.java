package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.port.BulkPortContract;
import org.ocmcore.cache.domain.port.Store;

/** The contract, on one real server and on three. */
@ParameterizedClass(name = "{0} servers")
@ValueSource(ints = {1, 3})
final class BulkIT extends BulkPortContract {
  private final int count;
  private Fleet fleet;

  BulkIT(int count) {
    this.count = count;
  }

  @Override
  protected Store createStore() {
    fleet = Fleet.of(count);
    return fleet.ports();
  }

  @Override
  protected void elapse(Duration duration) {
    fleet.elapse(duration);
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

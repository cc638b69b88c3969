package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lookups go on after what can go wrong. */
final class FleetWatchTest {
  private static final ServerAddress NAME = ServerAddress.parse("cache.test:11211");

  private final AtomicInteger lookups = new AtomicInteger();

  private ConfiguredServer server(NodeFinder finder) {
    return new ConfiguredServer(NAME, finder, () -> {});
  }

  @Test
  void aMissingThreadEndsNoLaterLookups() {
    ConfiguredServer server = server(present -> {
      lookups.incrementAndGet();
      return List.of();
    });
    AtomicInteger tasks = new AtomicInteger();
    Executor background = task -> {
      if (tasks.incrementAndGet() == 2) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      task.run();
    };
    try (FleetWatch watch = new FleetWatch(List.of(server), background)) {
      watch.start(Duration.ofMillis(1));
      MemcachedServer.await(() -> lookups.get() > 2);
    }
  }

  @Test
  void aLookupAfterTheEndFailsSilently() {
    ConfiguredServer server = server(present -> {
      throw new IllegalStateException("the store is closed");
    });
    server.close();
    assertDoesNotThrow(server::lookUp);
  }
}

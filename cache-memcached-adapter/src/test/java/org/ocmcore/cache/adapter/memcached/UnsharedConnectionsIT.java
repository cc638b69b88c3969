package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.key.CacheKey;

/** A process that soon ends would wait for a shared connection that is being opened. */
final class UnsharedConnectionsIT {
  private static final CacheKey KEY = CacheKey.of("key");

  /** A shared connection would be up before they are over. */
  private static final int CALLS = 2_000;

  /** More threads could count the connections made before this test's during it. */
  private static final String[] ONE_THREAD = {"-t", "1"};

  @ParameterizedTest
  @EnumSource(Release.class)
  void aThreadUsesOneConnection(Release release) throws IOException {
    try (MemcachedServer server = MemcachedServer.start(release, ONE_THREAD);
        MemcachedStore store = MemcachedStore.open(
            MemcachedSettings.parse(server.address()).withoutSharedConnections(),
            Clock.systemUTC())) {
      long before = server.stat("total_connections");
      for (int i = 0; i < CALLS; i++) {
        assertEquals(Optional.empty(), store.cache().get(KEY));
      }
      long own = server.stat("total_connections") - before - 1;
      assertEquals(1, own);
    }
  }
}

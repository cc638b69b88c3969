package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.inject.Guice;
import com.google.inject.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiringTest {
  @Test
  void everyCombinationCanBeWired() {
    for (Map<String, String> store : List.of(
        Map.of("CACHE_BACKEND", "memory"),
        Map.of("MEMCACHED_HOST", "a"),
        Map.of("MEMCACHED_SERVERS", "a:1,b:2,c:3"))) {
      AppConfig config = AppConfig.from(store);
      assertNotNull(
          Guice.createInjector(Stage.TOOL, Service.modules(config)).getBinding(Service.class));
    }
  }
}

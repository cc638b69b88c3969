package org.ocmcore.cache.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.spring.CacheAppCacheManager;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.ApplicationContext;

class CacheAppAutoConfigurationTest {
  private static final ApplicationContextRunner APPLICATION = new ApplicationContextRunner()
      .withConfiguration(AutoConfigurations.of(
          CacheAppAutoConfiguration.class,
          CacheAppHealthAutoConfiguration.class,
          CacheAppMetersAutoConfiguration.class));

  private static final ApplicationContextRunner ON_MEMORY =
      APPLICATION.withBean(Store.class, MemoryStore::open);

  private static void run(ApplicationContextRunner application, Consumer<ApplicationContext> test) {
    application.run(context -> {
      if (context.getStartupFailure() != null) {
        throw new AssertionError(context.getStartupFailure());
      }
      test.accept(context);
    });
  }

  private static String startupFailure(ApplicationContextRunner application) {
    StringBuilder messages = new StringBuilder();
    application.run(context -> {
      for (Throwable t = context.getStartupFailure(); t != null; t = t.getCause()) {
        messages.append(t.getMessage()).append('\n');
      }
    });
    return messages.toString();
  }

  @Test
  void propertiesConfigureCaches() {
    run(
        ON_MEMORY.withPropertyValues(
            "cache-app.caches.users.type=java.lang.String",
            "cache-app.caches.users.ttl=10m",
            "cache-app.caches.counts.type=java.lang.Integer",
            "cache-app.caches.counts.stale-for=1m",
            "cache-app.caches.counts.cluster-wide=true"),
        context -> {
          CacheManager caches = context.getBean(CacheManager.class);
          caches.getCache("users").put("ada", "Ada");
          assertEquals(3, caches.getCache("counts").get("ada", () -> 3));

          assertEquals(Set.of("users", "counts"), Set.copyOf(caches.getCacheNames()));
          Cache cache = context.getBean(Cache.class);
          assertEquals("Ada", cache.get("users:ada", String.class).orElseThrow());
          assertEquals(3, cache.get("counts:ada", Integer.class).orElseThrow());
        });
  }

  @Test
  void customizersConfigureFurtherCaches() {
    run(
        ON_MEMORY
            .withPropertyValues("cache-app.caches.users.type=java.lang.String")
            .withBean(
                CacheAppCacheManagerCustomizer.class,
                () -> builder -> builder.cache("more", new TypeRef<String>() {}, Cache.FOREVER)),
        context -> assertEquals(
            Set.of("users", "more"),
            Set.copyOf(context.getBean(CacheManager.class).getCacheNames())));
  }

  @Test
  void beansOfTheApplicationComeFirst() {
    CacheManager own = new NoOpCacheManager();
    run(ON_MEMORY.withBean(CacheManager.class, () -> own), context -> {
      assertSame(own, context.getBean(CacheManager.class));
      assertEquals(0, context.getBeansOfType(CacheAppCacheManager.class).size());
    });
  }

  @Test
  void disablingLeavesNoBeans() {
    run(APPLICATION.withPropertyValues("cache-app.enabled=false"), context -> {
      assertEquals(0, context.getBeansOfType(Cache.class).size());
      assertEquals(0, context.getBeansOfType(CacheManager.class).size());
      assertEquals(0, context.getBeansOfType(HealthIndicator.class).size());
    });
  }

  @Test
  void missingStoresSayWhatToDo() {
    String message = startupFailure(APPLICATION);
    assertTrue(message.contains("set cache-app.servers"), message);
  }

  @Test
  void missingTypesSayWhatToDo() {
    String message = startupFailure(ON_MEMORY.withPropertyValues("cache-app.caches.users.ttl=10m"));
    assertTrue(message.contains("cache-app.caches.users.type is not set"), message);
  }

  @Test
  void healthIsUpOnMemory() {
    run(ON_MEMORY, context -> {
      Health health = context.getBean(HealthIndicator.class).health();
      assertEquals(Status.UP, health.getStatus());
      assertEquals(1, health.getDetails().size());
    });
  }

  @Test
  void metersCountEachCache() {
    run(
        ON_MEMORY
            .withConfiguration(AutoConfigurations.of(
                MetricsAutoConfiguration.class,
                SimpleMetricsExportAutoConfiguration.class,
                CompositeMeterRegistryAutoConfiguration.class))
            .withPropertyValues("cache-app.caches.users.type=java.lang.String"),
        context -> {
          assertNull(context.getBean(CacheManager.class).getCache("users").get("ada"));

          assertEquals(
              1,
              context
                  .getBean(MeterRegistry.class)
                  .get("cache.gets")
                  .tags("cache", "users", "result", "miss")
                  .functionCounter()
                  .count());
        });
  }

  @Test
  void optionalLibrariesMayBeMissing() {
    run(
        ON_MEMORY.withClassLoader(new FilteredClassLoader(
            "io.micrometer",
            "org.springframework.boot.health",
            "org.ocmcore.cache.micrometer",
            "org.ocmcore.cache.adapter.memcached")),
        context -> assertEquals(1, context.getBeansOfType(CacheManager.class).size()));
  }
}

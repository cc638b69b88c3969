package org.ocmcore.cache.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A small application on a real memcached. */
class SpringBootIT {
  /** The application. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableCaching
  static class Shop {
    @Bean
    Prices prices() {
      return new Prices();
    }
  }

  /** A service of the application. */
  static class Prices {
    private int calls;

    @Cacheable(cacheNames = "prices", sync = true)
    public Integer price(String article) {
      calls++;
      return 10 * calls;
    }
  }

  private static ConfigurableApplicationContext start(MemcachedServer server) {
    return new SpringApplicationBuilder(Shop.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .properties(
            "cache-app.servers=" + server.address(),
            "cache-app.on-unavailable=miss",
            "cache-app.caches.prices.type=java.lang.Integer",
            "cache-app.caches.prices.ttl=10m")
        .run();
  }

  private static Status health(ConfigurableApplicationContext application) {
    return application
        .getBean("cacheAppHealthIndicator", HealthIndicator.class)
        .health()
        .getStatus();
  }

  @Test
  void valuesOutliveTheApplication() {
    try (MemcachedServer server = MemcachedServer.start()) {
      for (int run = 0; run < 2; run++) {
        try (ConfigurableApplicationContext application = start(server)) {
          Prices prices = application.getBean(Prices.class);
          assertEquals(10, prices.price("tea"));
          assertEquals(10, prices.price("tea"));
          assertEquals(Status.UP, health(application));
        }
      }
    }
  }

  @Test
  void theApplicationWorksWithoutTheServer() {
    try (MemcachedServer server = MemcachedServer.start();
        ConfigurableApplicationContext application = start(server)) {
      Prices prices = application.getBean(Prices.class);
      assertEquals(10, prices.price("tea"));
      server.stop();

      assertEquals(20, prices.price("tea"));
      assertEquals(Status.DOWN, health(application));
    }
  }
}

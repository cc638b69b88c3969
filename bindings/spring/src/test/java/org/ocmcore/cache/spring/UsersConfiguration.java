package org.ocmcore.cache.spring;

import java.time.Duration;
import org.ocmcore.cache.domain.client.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application with caches; the test adds the {@link Cache}. */
@Configuration
@EnableCaching
@Import(Users.class)
class UsersConfiguration {
  @Bean
  CacheManager cacheManager(Cache cache) {
    return CacheAppCacheManager.builder(cache)
        .cache("users", User.class, Duration.ofHours(1))
        .cache("orders", String.class, Duration.ofHours(1))
        .build();
  }
}

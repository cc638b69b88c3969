package org.ocmcore.cache.spring.boot;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.micrometer.CacheMeters;
import org.ocmcore.cache.spring.CacheAppCacheManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters of each cache of Spring, if the application has Micrometer and cache-micrometer. */
@AutoConfiguration(after = CacheAppAutoConfiguration.class)
@ConditionalOnClass({MeterBinder.class, CacheMeters.class})
public class CacheAppMetersAutoConfiguration {
  @Bean
  @ConditionalOnBean(CacheAppCacheManager.class)
  @ConditionalOnMissingBean(name = "cacheAppMeters")
  MeterBinder cacheAppMeters(CacheAppCacheManager caches) {
    return registry -> {
      for (String name : caches.getCacheNames()) {
        Cache view = (Cache) caches.getCache(name).getNativeCache();
        new CacheMeters(view, name, Tags.empty()).bindTo(registry);
      }
    };
  }
}

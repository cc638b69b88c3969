package org.ocmcore.cache.spring.boot;

import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CacheBuilder;
import org.ocmcore.cache.domain.client.Codec;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.spring.CacheAppCacheManager;
import org.ocmcore.cache.spring.CacheAppCacheManagerBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The beans of a cache: its store, the cache, and Spring's cache manager. Each steps back for a
 * bean of the application.
 */
@AutoConfiguration(
    beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBooleanProperty(name = "cache-app.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CacheAppProperties.class)
public class CacheAppAutoConfiguration {
  /** The store on memcached. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MemcachedStore.class)
  static class OnMemcached {
    @Bean
    @ConditionalOnMissingBean(Store.class)
    @ConditionalOnProperty("cache-app.servers")
    MemcachedStore cacheAppStore(CacheAppProperties properties) {
      return MemcachedStore.open(MemcachedSettings.parse(properties.servers()));
    }
  }

  @Bean
  @ConditionalOnMissingBean
  Cache cacheAppCache(
      ObjectProvider<Store> store, CacheAppProperties properties, ObjectProvider<Codec> codec) {
    Store used = store.getIfAvailable(() -> {
      throw new IllegalStateException("there is no store for the cache; set cache-app.servers and"
          + " add cache-memcached-adapter, or define a bean of type Store, or set"
          + " cache-app.enabled=false");
    });
    CacheBuilder builder = Cache.builder(used).onUnavailable(properties.onUnavailable());
    codec.ifAvailable(builder::codec);
    return builder.build();
  }

  @Bean
  @ConditionalOnMissingBean(CacheManager.class)
  CacheAppCacheManager cacheAppCacheManager(
      Cache cache,
      CacheAppProperties properties,
      ObjectProvider<CacheAppCacheManagerCustomizer> customizers) {
    CacheAppCacheManagerBuilder builder = CacheAppCacheManager.builder(cache);
    properties.configure(builder);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }
}

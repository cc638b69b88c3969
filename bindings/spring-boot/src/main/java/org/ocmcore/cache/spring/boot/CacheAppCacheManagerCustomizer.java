package org.ocmcore.cache.spring.boot;

import org.ocmcore.cache.spring.CacheAppCacheManagerBuilder;

/**
 * A bean of this type configures caches of Spring beside the properties, such as those of a type
 * with type arguments.
 */
@FunctionalInterface
public interface CacheAppCacheManagerCustomizer {
  /** Configures further caches. */
  void customize(CacheAppCacheManagerBuilder builder);
}

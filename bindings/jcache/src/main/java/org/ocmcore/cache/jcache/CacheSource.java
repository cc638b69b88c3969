package org.ocmcore.cache.jcache;

import java.net.URI;
import java.util.Properties;

/**
 * Opens the cache of a CacheManager. An application that gets its CacheManager from
 * {@code Caching.getCachingProvider()} names its implementation in
 * {@code META-INF/services/org.ocmcore.cache.jcache.CacheSource}.
 */
public interface CacheSource {
  /**
   * Opens a cache. The CacheManager closes it when it is closed.
   *
   * @param uri the URI of the CacheManager
   * @param properties those that the application gave, such as its servers; empty if it gave none
   */
  JCacheSettings open(URI uri, Properties properties);
}

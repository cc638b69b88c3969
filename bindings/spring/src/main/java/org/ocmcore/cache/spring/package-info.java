/**
 * Spring's cache abstraction on app views of a cache. Start at
 * {@link org.ocmcore.cache.spring.CacheAppCacheManager}.
 */
package org.ocmcore.cache.spring;

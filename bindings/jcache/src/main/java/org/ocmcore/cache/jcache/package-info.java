/**
 * JCache (JSR-107) on the library's {@link org.ocmcore.cache.domain.client.Cache}. Start at
 * {@link org.ocmcore.cache.jcache.CacheAppCachingProvider}.
 */
package org.ocmcore.cache.jcache;

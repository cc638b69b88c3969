package org.ocmcore.cache.spring;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ocmcore.cache.domain.client.Cache;
import org.springframework.cache.CacheManager;

/**
 * Gives Spring its caches: each is the app view of its name, with values of one type. For any
 * number of threads.
 *
 * <pre>{@code
 * @Bean
 * CacheManager cacheManager(Cache cache) {
 *   return CacheAppCacheManager.builder(cache)
 *       .cache("users", User.class, Duration.ofHours(1))
 *       .cache("orders", new TypeRef<List<Order>>() {}, Duration.ofMinutes(5))
 *       .build();
 * }
 * }</pre>
 *
 * <p>A key is a string, a number, a boolean, a character, a {@link java.util.UUID}, an enum, an
 * {@link java.time.Instant}, {@link java.time.LocalDate} or {@link java.time.LocalDateTime}, or a
 * list of these; or the key that Spring makes of several arguments. Keys of other types are
 * rejected. The key of a string is that string; {@code @Cacheable(key = "#id.toString()")} gives
 * keys that other programs write as easily. Long keys are replaced by their SHA-256.
 *
 * <p>A method that returns null is remembered too. {@code @Cacheable(sync = true)} calls the method
 * once for each key at a time in this process. Whether an unreachable server throws is a matter of
 * the cache; see {@link org.ocmcore.cache.domain.client.Unavailable}. Clearing a cache of Spring
 * deletes its own keys only.
 */
public final class CacheAppCacheManager implements CacheManager {
  private final Map<String, AppViewCache<?>> caches;

  CacheAppCacheManager(Map<String, AppViewCache<?>> caches) {
    this.caches = new LinkedHashMap<>(caches);
  }

  /**
   * Begins to configure caches.
   *
   * @param cache the caller closes it
   */
  public static CacheAppCacheManagerBuilder builder(Cache cache) {
    return new CacheAppCacheManagerBuilder(cache);
  }

  /**
   * The cache of this name; never null.
   *
   * @throws IllegalArgumentException if it is not configured
   */
  @Override
  public org.springframework.cache.Cache getCache(String name) {
    AppViewCache<?> cache = caches.get(name);
    if (cache == null) {
      throw new IllegalArgumentException(
          ("the cache \"%s\" is not configured; name it and the type of its values:"
                  + " CacheAppCacheManager.builder(cache)"
                  + ".cache(\"%s\", User.class, Duration.ofHours(1)). Configured are: %s")
              .formatted(name, name, caches.keySet()));
    }
    return cache;
  }

  @Override
  public Collection<String> getCacheNames() {
    return Collections.unmodifiableSet(caches.keySet());
  }
}

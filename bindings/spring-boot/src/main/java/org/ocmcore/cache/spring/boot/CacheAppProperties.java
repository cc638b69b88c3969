package org.ocmcore.cache.spring.boot;

import java.time.Duration;
import java.util.Map;
import org.ocmcore.cache.domain.client.Loading;
import org.ocmcore.cache.domain.client.Unavailable;
import org.ocmcore.cache.spring.CacheAppCacheManagerBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code cache-app.*}.
 *
 * <pre>{@code
 * cache-app.servers=cache1:11211,cache2:11211
 * cache-app.on-unavailable=miss
 * cache-app.caches.users.type=com.example.User
 * cache-app.caches.users.ttl=1h
 * }</pre>
 *
 * <p>A bean of type {@link org.ocmcore.cache.domain.port.Store} replaces the servers; one of type
 * {@link org.ocmcore.cache.domain.client.Codec} converts values.
 *
 * @param enabled Whether there is a cache at all.
 * @param servers Addresses of memcached, host:port, separated by commas. Needs
 *     cache-memcached-adapter.
 * @param onUnavailable What reads and stores do if a server cannot be reached.
 * @param caches Caches of Spring by name, each with its type, ttl, stale-for and cluster-wide.
 */
// Editors show the texts of the parameters as they are: sentences without tags of javadoc.
@ConfigurationProperties("cache-app")
public record CacheAppProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("") String servers,
    @DefaultValue("throw") Unavailable onUnavailable,
    @DefaultValue Map<String, CacheSettings> caches) {
  /**
   * A cache of Spring. Types with type arguments need a {@link CacheAppCacheManagerCustomizer}.
   *
   * @param type the class of its values
   * @param ttl how long values and nulls are remembered
   * @param staleFor how long a value may be used after that; see {@link Loading#staleFor}
   * @param clusterWide whether one process at a time loads a key; see {@link Loading#clusterWide}
   */
  public record CacheSettings(
      Class<?> type,
      @DefaultValue("1h") Duration ttl,
      @DefaultValue("0") Duration staleFor,
      @DefaultValue("false") boolean clusterWide) {}

  /** @throws IllegalArgumentException if a cache has no type, or a wrong name or time */
  void configure(CacheAppCacheManagerBuilder builder) {
    caches.forEach((name, settings) -> configure(builder, name, settings));
  }

  private static void configure(
      CacheAppCacheManagerBuilder builder, String name, CacheSettings settings) {
    if (settings.type() == null) {
      throw new IllegalArgumentException(
          "cache-app.caches.%s.type is not set; set it to the class of its values".formatted(name));
    }
    builder.cache(name, settings.type(), loading -> policy(loading, settings));
  }

  private static <T> Loading<T> policy(Loading<T> loading, CacheSettings settings) {
    Loading<T> policy = loading.expireAfter(settings.ttl()).cacheMissesFor(settings.ttl());
    if (!settings.staleFor().isZero()) {
      policy = policy.staleFor(settings.staleFor());
    }
    return settings.clusterWide() ? policy.clusterWide() : policy;
  }
}

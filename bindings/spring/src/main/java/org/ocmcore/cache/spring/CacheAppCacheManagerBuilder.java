package org.ocmcore.cache.spring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Loading;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.springframework.core.ResolvableType;

/**
 * Configures the caches of Spring; get it from {@link CacheAppCacheManager#builder}. For one
 * thread.
 */
public final class CacheAppCacheManagerBuilder {
  /** How long a null is remembered, unless the policy says otherwise. */
  private static final Duration NULL_LIFETIME = Duration.ofHours(1);

  /** The app whose keys this system keeps for itself. */
  private static final String RESERVED = "cache-app";

  private final Cache cache;
  private final Map<String, AppViewCache<?>> caches = new LinkedHashMap<>();

  CacheAppCacheManagerBuilder(Cache cache) {
    this.cache = Objects.requireNonNull(cache, "cache");
  }

  /**
   * A cache with values of this type.
   *
   * @param name its keys begin with {@code name:}
   * @param lifetime how long values and nulls are remembered, or {@link Cache#FOREVER}
   * @throws IllegalArgumentException if the name is taken, empty, too long, or contains {@code :}
   *     or a space; or if the lifetime is not positive
   */
  public <T> CacheAppCacheManagerBuilder cache(String name, Class<T> type, Duration lifetime) {
    return cache(name, type, expireAfter(lifetime));
  }

  /**
   * A cache with values of a type with type arguments; see {@link #cache(String, Class, Duration)}.
   */
  public <T> CacheAppCacheManagerBuilder cache(String name, TypeRef<T> type, Duration lifetime) {
    return cache(name, type, expireAfter(lifetime));
  }

  private static <T> UnaryOperator<Loading<T>> expireAfter(Duration lifetime) {
    Duration nulls = lifetime.equals(Cache.FOREVER) ? Lifetime.MAX : lifetime;
    return loading -> loading.expireAfter(lifetime).cacheMissesFor(nulls);
  }

  /**
   * A cache with values of this type that are loaded in another way: {@code loading ->
   * loading.expireAfter(hour).staleFor(minute).clusterWide()}. What concerns loads works with
   * {@code @Cacheable(sync = true)}.
   *
   * @param policy without {@code expireAfter} and {@code cacheMissesFor}, values and nulls are
   *     remembered for one hour
   * @throws IllegalArgumentException as {@link #cache(String, Class, Duration)}
   */
  public <T> CacheAppCacheManagerBuilder cache(
      String name, Class<T> type, UnaryOperator<Loading<T>> policy) {
    Cache view = view(name);
    return add(name, view, ResolvableType.forClass(type), view.loading(type), policy);
  }

  /** As {@link #cache(String, Class, UnaryOperator)}, for a type with type arguments. */
  public <T> CacheAppCacheManagerBuilder cache(
      String name, TypeRef<T> type, UnaryOperator<Loading<T>> policy) {
    Cache view = view(name);
    return add(name, view, ResolvableType.forType(type.type()), view.loading(type), policy);
  }

  private Cache view(String name) {
    if (caches.containsKey(name)) {
      throw new IllegalArgumentException(
          "the cache \"%s\" is configured twice; remove one".formatted(name));
    }
    if (name.equals(RESERVED)) {
      throw new IllegalArgumentException(
          "the cache \"%s\" has a reserved name; give it another".formatted(name));
    }
    try {
      Cache view = cache.app(name);
      CacheKey.of(name + ":");
      if (view.maxKeyBytes() < KeyText.MIN_BYTES) {
        throw new IllegalArgumentException("it leaves %d bytes for keys, less than %d"
            .formatted(view.maxKeyBytes(), KeyText.MIN_BYTES));
      }
      return view;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the cache \"%s\" cannot have this name: %s; give it another"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private <T> CacheAppCacheManagerBuilder add(
      String name,
      Cache view,
      ResolvableType type,
      Loading<T> loading,
      UnaryOperator<Loading<T>> policy) {
    Loading<T> configured = policy.apply(loading.cacheMissesFor(NULL_LIFETIME));
    caches.put(name, new AppViewCache<>(name, view, type.resolve(Object.class), configured));
    return this;
  }

  /** The caches. */
  public CacheAppCacheManager build() {
    return new CacheAppCacheManager(caches);
  }
}

package org.ocmcore.cache.jcache;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;

/**
 * The entry to JCache: {@link #managerOf} gives a CacheManager on a cache that is open;
 * {@code Caching.getCachingProvider().getCacheManager()} opens one through the application's
 * {@link CacheSource}. For any number of threads.
 */
public final class CacheAppCachingProvider implements CachingProvider {
  private static final URI DEFAULT_URI = URI.create("cache-app:default");

  private static final AtomicInteger MANAGERS = new AtomicInteger();

  private final Map<ClassLoader, Map<URI, CacheRegistry>> registries = new WeakHashMap<>();

  /** Called by the service loader of JCache. */
  public CacheAppCachingProvider() {
    // Opens nothing before it is needed.
  }

  /**
   * A new CacheManager on an open cache. Closing it does not close the cache. Call this once for
   * each cache: JCaches of two managers do not tell each other's listeners.
   */
  public static CacheManager managerOf(JCacheSettings settings) {
    return new CacheRegistry(
        new CacheAppCachingProvider(),
        URI.create("cache-app:manager-" + MANAGERS.incrementAndGet()),
        CacheAppCachingProvider.class.getClassLoader(),
        new Properties(),
        settings,
        () -> {});
  }

  @Override
  public CacheManager getCacheManager(URI uri, ClassLoader loader, Properties properties) {
    URI name = uri == null ? DEFAULT_URI : uri;
    ClassLoader owner = loader == null ? getDefaultClassLoader() : loader;
    Properties given = properties == null ? new Properties() : properties;
    synchronized (registries) {
      return registries
          .computeIfAbsent(owner, any -> new HashMap<>())
          .computeIfAbsent(name, any -> open(name, owner, given));
    }
  }

  private CacheRegistry open(URI uri, ClassLoader loader, Properties properties) {
    CacheSource source = ServiceLoader.load(CacheSource.class, loader)
        .findFirst()
        .orElseThrow(() -> new CacheException(
            "no CacheSource found for '%s'; name one in META-INF/services/%s, or call CacheAppCachingProvider.managerOf"
                .formatted(uri, CacheSource.class.getName())));
    JCacheSettings settings = source.open(uri, properties);
    return new CacheRegistry(
        this, uri, loader, properties, settings, () -> settings.cache().close());
  }

  /** Forgets a manager that is closed. */
  void forget(CacheRegistry registry) {
    synchronized (registries) {
      registries.values().forEach(byUri -> byUri.values().remove(registry));
      registries.values().removeIf(Map::isEmpty);
    }
  }

  @Override
  public ClassLoader getDefaultClassLoader() {
    return getClass().getClassLoader();
  }

  @Override
  public URI getDefaultURI() {
    return DEFAULT_URI;
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public CacheManager getCacheManager(URI uri, ClassLoader loader) {
    return getCacheManager(uri, loader, getDefaultProperties());
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(getDefaultURI(), getDefaultClassLoader(), getDefaultProperties());
  }

  @Override
  public void close() {
    List<CacheRegistry> open = new ArrayList<>();
    synchronized (registries) {
      registries.values().forEach(byUri -> open.addAll(byUri.values()));
    }
    open.forEach(CacheRegistry::close);
  }

  @Override
  public void close(ClassLoader loader) {
    List<CacheRegistry> open;
    synchronized (registries) {
      open = List.copyOf(registries.getOrDefault(loader, Map.of()).values());
    }
    open.forEach(CacheRegistry::close);
  }

  @Override
  public void close(URI uri, ClassLoader loader) {
    CacheRegistry open;
    synchronized (registries) {
      open = registries.getOrDefault(loader, Map.of()).get(uri);
    }
    if (open != null) {
      open.close();
    }
  }

  /** False for every optional feature: values are stored by value. */
  @Override
  public boolean isSupported(OptionalFeature feature) {
    return false;
  }
}

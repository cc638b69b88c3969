package org.ocmcore.cache.jcache;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.spi.CachingProvider;

/** The JCaches on one cache, by name. For any number of threads. */
final class CacheRegistry implements CacheManager {
  private final CacheAppCachingProvider provider;
  private final URI uri;
  private final WeakReference<ClassLoader> loader;
  private final Properties properties;
  private final JCacheSettings settings;
  private final Runnable onClose;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<String, StoredCache<?, ?>> caches = new ConcurrentHashMap<>();

  CacheRegistry(
      CacheAppCachingProvider provider,
      URI uri,
      ClassLoader loader,
      Properties properties,
      JCacheSettings settings,
      Runnable onClose) {
    this.provider = provider;
    this.uri = uri;
    this.loader = new WeakReference<>(loader);
    this.properties = properties;
    this.settings = settings;
    this.onClose = onClose;
  }

  private void checkOpen() {
    if (isClosed()) {
      throw new IllegalStateException("the CacheManager '%s' is closed".formatted(uri));
    }
  }

  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      String name, C configuration) {
    checkOpen();
    Objects.requireNonNull(name, "cacheName");
    Objects.requireNonNull(configuration, "configuration");
    if (!configuration.isStoreByValue()) {
      throw new UnsupportedOperationException(
          "cache '%s': entries cannot be stored by reference; call setStoreByValue(true)"
              .formatted(name));
    }
    synchronized (caches) {
      if (caches.containsKey(name)) {
        throw new CacheException(
            "a cache '%s' exists already; get it with getCache".formatted(name));
      }
      StoredCache<K, V> created = new StoredCache<>(this, name, configuration, settings);
      caches.put(name, created);
      return created;
    }
  }

  @Override
  public <K, V> Cache<K, V> getCache(String name, Class<K> keyType, Class<V> valueType) {
    checkOpen();
    Objects.requireNonNull(keyType, "keyType");
    Objects.requireNonNull(valueType, "valueType");
    StoredCache<?, ?> known = caches.get(Objects.requireNonNull(name, "cacheName"));
    if (known != null) {
      checkType("key", name, known.configuration().keyType(), keyType);
      checkType("value", name, known.configuration().valueType(), valueType);
    }
    return getCache(name);
  }

  private static void checkType(String what, String name, Class<?> configured, Class<?> asked) {
    if (!configured.equals(asked)) {
      throw new ClassCastException("the %s type of cache '%s' is %s, not %s"
          .formatted(what, name, configured.getTypeName(), asked.getTypeName()));
    }
  }

  @Override
  @SuppressWarnings("unchecked") // The caller names the types, as JCache has it.
  public <K, V> Cache<K, V> getCache(String name) {
    checkOpen();
    return (Cache<K, V>) caches.get(Objects.requireNonNull(name, "cacheName"));
  }

  @Override
  public Iterable<String> getCacheNames() {
    checkOpen();
    return List.copyOf(caches.keySet());
  }

  @Override
  public void destroyCache(String name) {
    checkOpen();
    StoredCache<?, ?> cache = caches.get(Objects.requireNonNull(name, "cacheName"));
    if (cache != null) {
      cache.destroy();
    }
  }

  /** Forgets a cache that is closed. */
  void forget(StoredCache<?, ?> cache) {
    caches.remove(cache.getName(), cache);
  }

  @Override
  public void enableManagement(String name, boolean enabled) {
    known(name).configuration().enableManagement(enabled);
  }

  @Override
  public void enableStatistics(String name, boolean enabled) {
    known(name).configuration().enableStatistics(enabled);
  }

  private StoredCache<?, ?> known(String name) {
    checkOpen();
    StoredCache<?, ?> cache = caches.get(Objects.requireNonNull(name, "cacheName"));
    if (cache == null) {
      throw new IllegalArgumentException("there is no cache '%s'; create it first".formatted(name));
    }
    return cache;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      provider.forget(this);
      try {
        Resources.close(List.copyOf(caches.values()));
      } finally {
        onClose.run();
      }
    }
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public CachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public ClassLoader getClassLoader() {
    return loader.get();
  }

  @Override
  public Properties getProperties() {
    return properties;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.unwrap(this, type);
  }
}

package org.ocmcore.cache.jcache;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;

/** The application's loader, if there is one. */
final class CacheLoading<K, V> {
  private final Optional<CacheLoader<K, V>> loader;
  private final boolean readThrough;

  CacheLoading(Optional<CacheLoader<K, V>> loader, boolean readThrough) {
    this.loader = loader;
    this.readThrough = readThrough;
  }

  /** Whether {@link #loadAll} loads. */
  boolean isOn() {
    return loader.isPresent();
  }

  /** Whether reads of missing entries load them. */
  boolean isReadThrough() {
    return readThrough && loader.isPresent();
  }

  /** The value that the loader has; null if it has none. */
  V load(K key) {
    return call(() -> loader.orElseThrow().load(key));
  }

  Map<K, V> loadAll(Set<? extends K> keys) {
    return call(() -> loader.orElseThrow().loadAll(keys));
  }

  private static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (CacheLoaderException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheLoaderException("the CacheLoader failed", e);
    }
  }

  /** Reports the end of loading, if a listener wants it. */
  static void complete(CompletionListener listener, Throwable failure) {
    if (listener == null) {
      return;
    }
    if (failure == null) {
      listener.onCompletion();
    } else {
      listener.onException(
          failure instanceof Exception known ? known : new CacheLoaderException(failure));
    }
  }
}

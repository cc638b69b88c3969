package org.ocmcore.cache.spring;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CachedResult;
import org.ocmcore.cache.domain.client.LoadFailed;
import org.ocmcore.cache.domain.client.Loading;
import org.springframework.cache.support.SimpleValueWrapper;
import org.springframework.util.ClassUtils;

/**
 * A cache of Spring: the keys of one app, with values of one type. A null value is remembered. For
 * any number of threads.
 *
 * @param <T> the type of the values
 */
final class AppViewCache<T> implements org.springframework.cache.Cache {
  /** How often to add a value whose key exists and then does not. */
  private static final int ATTEMPTS = 3;

  private final String name;
  private final Cache view;
  private final Class<?> valueClass;
  private final Loading<T> loading;
  private final KeyText keys;

  /** The asynchronous loads that are under way. */
  private final Map<String, CompletableFuture<T>> loads = new ConcurrentHashMap<>();

  /** @param loading belongs to the view and remembers nulls */
  AppViewCache(String name, Cache view, Class<?> valueClass, Loading<T> loading) {
    this.name = name;
    this.view = view;
    this.valueClass = ClassUtils.resolvePrimitiveIfNecessary(valueClass);
    this.loading = loading;
    this.keys = new KeyText(name, view.maxKeyBytes());
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Cache getNativeCache() {
    return view;
  }

  @Override
  public ValueWrapper get(Object key) {
    return wrapper(loading.find(keys.of(key)));
  }

  private ValueWrapper wrapper(Optional<CachedResult<T>> found) {
    return found
        .map(result -> new SimpleValueWrapper(result.value().orElse(null)))
        .orElse(null);
  }

  @Override
  @SuppressWarnings("unchecked") // It is of this type, which is checked; null is of every type.
  public <R> R get(Object key, Class<R> type) {
    Object value = loading.find(keys.of(key)).flatMap(CachedResult::value).orElse(null);
    if (value != null
        && type != null
        && !ClassUtils.resolvePrimitiveIfNecessary(type).isInstance(value)) {
      throw new IllegalStateException("the cache \"%s\" has values of type %s, not %s"
          .formatted(name, valueClass.getTypeName(), type.getTypeName()));
    }
    return (R) value;
  }

  @Override
  @SuppressWarnings("unchecked") // Spring's caller knows the type of the cache.
  public <R> R get(Object key, Callable<R> loader) {
    try {
      return (R) loading.get(keys.of(key), () -> checked(loader.call()));
    } catch (LoadFailed e) {
      throw new ValueRetrievalException(key, loader, e.getCause());
    }
  }

  @SuppressWarnings("unchecked") // The class is checked; its type arguments are for the codec.
  private T checked(Object value) {
    if (value != null && !valueClass.isInstance(value)) {
      throw new IllegalArgumentException(
          "a value of type %s does not belong into the cache \"%s\", which has values of type %s"
              .formatted(value.getClass().getTypeName(), name, valueClass.getTypeName()));
    }
    return (T) value;
  }

  @Override
  public CompletableFuture<ValueWrapper> retrieve(Object key) {
    String text = keys.of(key);
    return view.async().call(on -> wrapper(loading.find(text)));
  }

  /** Loads a key once at a time in this process, without a thread that waits for the loader. */
  @Override
  @SuppressWarnings("unchecked") // Spring's caller knows the type of the cache.
  public <R> CompletableFuture<R> retrieve(Object key, Supplier<CompletableFuture<R>> loader) {
    String text = keys.of(key);
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> others = loads.putIfAbsent(text, mine);
    if (others == null) {
      view.async()
          .call(on -> loading.find(text))
          .thenCompose(found -> found
              .map(result -> CompletableFuture.completedFuture(result.value().orElse(null)))
              .orElseGet(() -> load(text, loader)))
          .whenComplete((value, failure) -> end(text, mine, value, failure));
    }
    // A caller that cancels its own future does not cancel that of the others.
    return (CompletableFuture<R>) (others == null ? mine : others).copy();
  }

  private <R> CompletableFuture<T> load(String key, Supplier<CompletableFuture<R>> loader) {
    return loader.get().thenCompose(value -> {
      T result = checked(value);
      return view.async().call(on -> {
        loading.store(key, result);
        return result;
      });
    });
  }

  private void end(String key, CompletableFuture<T> load, T value, Throwable failure) {
    loads.remove(key, load);
    if (failure == null) {
      load.complete(value);
    } else {
      boolean isWrapped = failure instanceof CompletionException && failure.getCause() != null;
      load.completeExceptionally(isWrapped ? failure.getCause() : failure);
    }
  }

  @Override
  public void put(Object key, Object value) {
    loading.store(keys.of(key), checked(value));
  }

  @Override
  public ValueWrapper putIfAbsent(Object key, Object value) {
    String text = keys.of(key);
    T result = checked(value);
    for (int attempt = 0; attempt < ATTEMPTS && !loading.add(text, result); attempt++) {
      ValueWrapper existing = wrapper(loading.find(text));
      if (existing != null) {
        return existing;
      }
      // It has just expired, or the store cannot be reached and that is a miss.
    }
    return null;
  }

  @Override
  public void evict(Object key) {
    view.delete(keys.of(key));
  }

  @Override
  public boolean evictIfPresent(Object key) {
    return view.delete(keys.of(key));
  }

  @Override
  public void clear() {
    view.clear();
  }

  @Override
  public boolean invalidate() {
    return view.deleteMatching("^") > 0;
  }
}

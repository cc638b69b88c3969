package org.ocmcore.cache.domain.client;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The methods of {@link Cache} without waiting. A call that fails completes its future with what
 * the method of {@link Cache} throws, or with {@link org.ocmcore.cache.domain.error.TooBusy} if too
 * many calls wait. Cancelling a future does not stop its call. For any number of threads.
 */
public final class AsyncCache {
  private final Cache cache;
  private final Executor executor;

  AsyncCache(Cache cache, Executor executor) {
    this.cache = cache;
    this.executor = executor;
  }

  /**
   * Runs any work on the cache: {@code async.call(cache -> cache.deleteMatching("^old"))}. A loader
   * in it runs on the thread of the call.
   */
  public <R> CompletableFuture<R> call(Function<? super Cache, ? extends R> work) {
    CompletableFuture<R> future = new CompletableFuture<>();
    try {
      executor.execute(() -> run(work, future));
    } catch (RuntimeException e) {
      future.completeExceptionally(e);
    }
    return future;
  }

  private <R> void run(Function<? super Cache, ? extends R> work, CompletableFuture<R> future) {
    try {
      future.complete(work.apply(cache));
    } catch (RuntimeException | Error e) {
      future.completeExceptionally(e);
    }
  }

  /** As {@link Cache#get(String, Class)}. */
  public <T> CompletableFuture<Optional<T>> get(String key, Class<T> type) {
    return call(on -> on.get(key, type));
  }

  /** As {@link Cache#get(String, TypeRef)}. */
  public <T> CompletableFuture<Optional<T>> get(String key, TypeRef<T> type) {
    return call(on -> on.get(key, type));
  }

  /** As {@link Cache#getAll(Collection, Class)}. */
  public <T> CompletableFuture<Map<String, T>> getAll(Collection<String> keys, Class<T> type) {
    return call(on -> on.getAll(keys, type));
  }

  /** As {@link Cache#getOrLoad}. */
  public <T> CompletableFuture<T> getOrLoad(
      String key, Class<T> type, Duration lifetime, Callable<? extends T> loader) {
    return call(on -> on.getOrLoad(key, type, lifetime, loader));
  }

  /** As {@link Cache#set}. */
  public CompletableFuture<Void> set(String key, Object value, Duration lifetime) {
    return call(on -> {
      on.set(key, value, lifetime);
      return null;
    });
  }

  /** As {@link Cache#setAll}. */
  public CompletableFuture<Void> setAll(Map<String, ?> values, Duration lifetime) {
    return call(on -> {
      on.setAll(values, lifetime);
      return null;
    });
  }

  /** As {@link Cache#add}. */
  public CompletableFuture<Boolean> add(String key, Object value, Duration lifetime) {
    return call(on -> on.add(key, value, lifetime));
  }

  /** As {@link Cache#delete}. */
  public CompletableFuture<Boolean> delete(String key) {
    return call(on -> on.delete(key));
  }

  /** As {@link Cache#refresh}. */
  public CompletableFuture<Boolean> refresh(String key, Duration lifetime) {
    return call(on -> on.refresh(key, lifetime));
  }

  /** As {@link Cache#increment}. */
  public CompletableFuture<Long> increment(String key, long delta, Duration lifetime) {
    return call(on -> on.increment(key, delta, lifetime));
  }

  /** As {@link Cache#getVersioned(String, Class)}. */
  public <T> CompletableFuture<Optional<Versioned<T>>> getVersioned(String key, Class<T> type) {
    return call(on -> on.getVersioned(key, type));
  }

  /** As {@link Cache#replace}. */
  public CompletableFuture<Boolean> replace(
      String key, long version, Object value, Duration lifetime) {
    return call(on -> on.replace(key, version, value, lifetime));
  }
}

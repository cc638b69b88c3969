package org.ocmcore.cache.domain.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Reads values, and loads those that are missing. Get it from {@link Cache#loading(Class)}. Each
 * method returns a new object with another setting; keep it and use it from any number of threads.
 *
 * <p>One thread of this process at a time loads a key; the others wait for its value, or get the
 * stale one at once. The loader runs on the thread of its caller. It may throw checked exceptions.
 * If it fails, everybody who waited for it gets {@link LoadFailed}, and the next caller tries
 * again. If it hangs, everybody who wants this key waits; other keys do not.
 *
 * <p>If the loader returns null, {@link #get} returns null.
 *
 * @param <T> the type of the values
 */
public final class Loading<T> {
  private final KeyLoader<T> loader;
  private final LoadPolicy policy;

  Loading(KeyLoader<T> loader, LoadPolicy policy) {
    this.loader = loader;
    this.policy = policy;
  }

  private Loading<T> with(LoadPolicy changed) {
    return new Loading<>(loader, changed);
  }

  private static Duration finite(String name, Duration time) {
    if (time.equals(Cache.FOREVER)) {
      throw new IllegalArgumentException(name + ": it must end; at most ten years are allowed");
    }
    return positive(name, time);
  }

  private static Duration positive(String name, Duration time) {
    try {
      Cache.lifetime(time);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    return time;
  }

  /**
   * How long a loaded value is fresh; one hour if this is not called.
   *
   * @param time more than zero, at most ten years together with {@link #staleFor}; or
   *     {@link Cache#FOREVER}
   */
  public Loading<T> expireAfter(Duration time) {
    return with(new LoadPolicy(
        positive("expireAfter", time),
        policy.stale(),
        policy.missing(),
        policy.earliness(),
        policy.isClusterWide()));
  }

  /**
   * How long a value may be used after it was fresh. Somebody loads a new value meanwhile; all
   * others get the stale value without waiting. If the load fails, its caller gets the stale value
   * too. So no value is older than both times together, and one second, since servers count
   * seconds.
   *
   * @param time more than zero, at most ten years
   */
  public Loading<T> staleFor(Duration time) {
    return with(new LoadPolicy(
        policy.fresh(),
        finite("staleFor", time),
        policy.missing(),
        policy.earliness(),
        policy.isClusterWide()));
  }

  /**
   * How long to remember that the loader returned null. {@link Cache#get} finds nothing under such
   * a key; {@link Cache#add} finds it in use.
   *
   * @param time more than zero, at most ten years
   */
  public Loading<T> cacheMissesFor(Duration time) {
    return with(new LoadPolicy(
        policy.fresh(),
        policy.stale(),
        finite("cacheMissesFor", time),
        policy.earliness(),
        policy.isClusterWide()));
  }

  /**
   * Loads a value anew before it is stale, at random: the more likely the closer that is, and the
   * longer loads take (Vattani, Chierichetti and Lowenstein, "Optimal Probabilistic Cache Stampede
   * Prevention", 2015). So callers in many processes do not all load at the same moment.
   *
   * @param earliness 1 as published, more for earlier, less for later; 0 for never
   * @throws IllegalArgumentException if it is negative or no number
   */
  public Loading<T> refreshEarly(double earliness) {
    if (!(earliness >= 0) || Double.isInfinite(earliness)) {
      throw new IllegalArgumentException(
          "refreshEarly: " + earliness + " is not a number from 0 on");
    }
    return with(new LoadPolicy(
        policy.fresh(), policy.stale(), policy.missing(), earliness, policy.isClusterWide()));
  }

  /**
   * One process at a time loads a key, of all that use the same servers. The others wait for its
   * value, up to 30 seconds; then they load themselves. It costs two more round trips for each
   * load, and a short-lived key that begins with {@code cache-app:load:}.
   */
  public Loading<T> clusterWide() {
    return with(
        new LoadPolicy(policy.fresh(), policy.stale(), policy.missing(), policy.earliness(), true));
  }

  /**
   * The value under the key; if there is none, that of the loader, which is stored.
   *
   * @return null only if the loader returned null, now or within {@link #cacheMissesFor}
   * @throws LoadFailed if the loader threw an exception, or this thread was interrupted while it
   *     waited (its flag is then set)
   * @throws IllegalStateException if the loader asks for its own key
   */
  public T get(String key, Callable<? extends T> load) {
    return loader.get(key, policy, Objects.requireNonNull(load, "load"));
  }

  /**
   * What is stored under the key, without a load: a value, or that the loader returned null; empty
   * if neither. A stale value is found too.
   */
  public Optional<CachedResult<T>> find(String key) {
    return loader.find(key);
  }

  /**
   * Stores a result, as if the loader had returned it.
   *
   * @param result null needs {@link #cacheMissesFor}
   * @throws IllegalArgumentException if it is null without {@link #cacheMissesFor}
   */
  public void store(String key, T result) {
    loader.store(key, policy, result);
  }

  /**
   * Stores a result, as if the loader had returned it, if the key does not exist; returns whether
   * it was stored.
   *
   * @param result null needs {@link #cacheMissesFor}
   * @throws IllegalArgumentException if it is null without {@link #cacheMissesFor}
   */
  public boolean add(String key, T result) {
    return loader.add(key, policy, result);
  }
}

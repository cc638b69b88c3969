package org.ocmcore.cache.domain.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Reads values of one type, and loads those that are missing. {@link Loading} says what it
 * guarantees.
 */
final class KeyLoader<T> {
  private static final Duration FIRST_POLL = Duration.ofMillis(10);
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);

  private final CacheView view;
  private final ValueReader reader;
  private final Type type;

  KeyLoader(CacheView view, Type type) {
    this.view = view;
    this.reader = new ValueReader(view);
    this.type = type;
  }

  /**
   * What was read.
   *
   * @param value empty if the loader is known to find nothing
   * @param isDue whether a new value should be loaded
   */
  private record Found<T>(Optional<T> value, boolean isDue) {}

  T get(String name, LoadPolicy policy, Callable<? extends T> loader) {
    return new Call(name, policy, loader).get();
  }

  Optional<CachedResult<T>> find(String name) {
    Optional<ReadValue<T>> near = reader.findNear(name, type);
    near.ifPresent(read -> view.counters().countNearHits(1));
    if (near.isPresent()) {
      return near.map(read -> new CachedResult<>(read.value()));
    }
    Optional<ReadValue<T>> found = reader.fetch(name, type, false);
    view.counters().countRead(found.isPresent());
    return found.map(read -> new CachedResult<>(read.value()));
  }

  void store(String name, LoadPolicy policy, T result) {
    CacheKey key = view.namespace().key(name);
    requireStorable(name, policy, result);
    store(key, encode(key, result), lifetime(policy, result));
  }

  boolean add(String name, LoadPolicy policy, T result) {
    CacheKey key = view.namespace().key(name);
    requireStorable(name, policy, result);
    CacheValue value = encode(key, result);
    Lifetime lifetime = lifetime(policy, result);
    return view.access()
        .callOrMiss(
            "add", key, () -> view.access().store().cache().add(key, value, lifetime), false);
  }

  private void requireStorable(String name, LoadPolicy policy, T result) {
    if (!isStorable(policy, result)) {
      throw new IllegalArgumentException(
          "the result for key '%s' is null; call cacheMissesFor to remember that".formatted(name));
    }
  }

  private boolean isStorable(LoadPolicy policy, T result) {
    return result != null || !policy.missing().isZero();
  }

  private CacheValue encode(CacheKey key, T result) {
    return result == null ? ValueConverter.NEGATIVE : view.values().encode(key, result);
  }

  private Lifetime lifetime(LoadPolicy policy, T result) {
    return result == null ? Lifetime.of(policy.missing()) : policy.lifetime();
  }

  private void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    view.access()
        .callOrMiss(
            "set",
            key,
            () -> {
              view.access().store().cache().store(key, value, lifetime);
              return true;
            },
            false);
  }

  /** One call of {@link #get}. */
  private final class Call {
    private final String name;
    private final CacheKey key;
    private final LoadPolicy policy;
    private final Callable<? extends T> loader;

    Call(String name, LoadPolicy policy, Callable<? extends T> loader) {
      this.name = name;
      this.key = view.namespace().key(name);
      this.policy = policy;
      this.loader = loader;
    }

    T get() {
      Optional<Found<T>> near = reader.<T>findNear(name, type).map(this::found);
      if (isFresh(near)) {
        view.counters().countNearHits(1);
        return value(near);
      }
      return getFromStore();
    }

    /** What is due in the near cache may be fresh in the store, so the store decides. */
    private T getFromStore() {
      boolean isCounted = false;
      while (true) {
        long landed = view.flights().landed();
        Optional<Found<T>> found = find();
        if (!isCounted) {
          view.counters().countRead(found.isPresent());
          isCounted = true;
        }
        if (isFresh(found)) {
          return value(found);
        }
        Flight mine = new Flight();
        Optional<Flight> others = view.flights().begin(target(), mine);
        if (others.isEmpty()) {
          return lead(mine, view.flights().landed() == landed ? found : find());
        }
        if (others.get().isMine()) {
          throw new IllegalStateException(
              "the loader of key '%s' asks for its own key".formatted(name));
        }
        if (found.isPresent()) {
          return value(found);
        }
        Flight.Result result = await(others.get());
        if (result instanceof Flight.Loaded loaded) {
          return value(loaded);
        }
        if (result instanceof Flight.Failed failed) {
          throw failed.failure() instanceof LoadFailed cause
              ? new LoadFailed(name, cause.getCause())
              : failed.failure();
        }
      }
    }

    private Flight.Target target() {
      return new Flight.Target(key, type);
    }

    @SuppressWarnings("unchecked") // Flights of one target have values of its type.
    private T value(Flight.Loaded loaded) {
      return (T) loaded.value();
    }

    private Flight.Result await(Flight flight) {
      try {
        return flight.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LoadFailed(name, e);
      }
    }

    /** Bypasses the near cache. */
    private Optional<Found<T>> find() {
      return reader.<T>fetch(name, type, policy.needsExpiry()).map(this::found);
    }

    private Found<T> found(ReadValue<T> read) {
      boolean isDue = policy.needsExpiry() && read.value().isPresent() && isDue(read.expiry());
      return new Found<>(read.value(), isDue);
    }

    private boolean isDue(Expiry expiry) {
      if (expiry.isNever()) {
        return false;
      }
      Instant now = view.access().store().clock().instant();
      Duration fresh =
          Duration.between(now, Instant.ofEpochSecond(expiry.epochSecond())).minus(policy.stale());
      double head = policy.earliness()
          * view.counters().averageLoadNanos()
          * -Math.log(1 - ThreadLocalRandom.current().nextDouble());
      return fresh.toNanos() <= head;
    }

    /** Loads for everybody who waits. */
    private T lead(Flight flight, Optional<Found<T>> found) {
      Flight.Result result = new Flight.Abandoned();
      try {
        T value = isFresh(found) ? value(found) : loadOrWait(found);
        result = new Flight.Loaded(value);
        return value;
      } catch (LoadFailed e) {
        boolean isInterrupted = e.getCause() instanceof InterruptedException;
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        } else {
          result = new Flight.Failed(e);
        }
        if (isInterrupted || found.isEmpty()) {
          throw e;
        }
        result = new Flight.Loaded(value(found));
        return value(found);
      } catch (RuntimeException e) {
        result = new Flight.Failed(e);
        throw e;
      } catch (Error e) {
        result = new Flight.Failed(new LoadFailed(name, e));
        throw e;
      } finally {
        view.flights().end(target(), flight, result);
      }
    }

    private boolean isFresh(Optional<Found<T>> found) {
      return found.isPresent() && !found.get().isDue();
    }

    private T value(Optional<Found<T>> found) {
      return found.orElseThrow().value().orElse(null);
    }

    private T loadOrWait(Optional<Found<T>> found) {
      if (!policy.isClusterWide()) {
        return load();
      }
      LoadLease lease = new LoadLease(view.access(), key);
      long end = System.nanoTime() + LoadLease.LENGTH.toNanos();
      Duration poll = FIRST_POLL;
      while (!lease.acquire()) {
        if (found.isPresent()) {
          return value(found);
        }
        if (System.nanoTime() - end >= 0) {
          return load();
        }
        sleep(poll);
        poll =
            poll.multipliedBy(2).compareTo(LONGEST_POLL) < 0 ? poll.multipliedBy(2) : LONGEST_POLL;
        Optional<Found<T>> others = find();
        if (others.isPresent()) {
          return value(others);
        }
      }
      try {
        // Another process may have loaded it just before.
        Optional<Found<T>> others = find();
        return isFresh(others) ? value(others) : load();
      } finally {
        lease.release();
      }
    }

    private void sleep(Duration time) {
      try {
        view.pause().sleep(time);
      } catch (InterruptedException e) {
        throw new LoadFailed(name, e);
      }
    }

    private T load() {
      long start = System.nanoTime();
      boolean succeeded = false;
      T value;
      try {
        value = loader.call();
        succeeded = true;
      } catch (Exception e) {
        throw new LoadFailed(name, e);
      } finally {
        view.counters().countLoad(succeeded, System.nanoTime() - start);
      }
      if (isStorable(policy, value)) {
        store(key, encode(key, value), lifetime(policy, value));
      }
      return value;
    }
  }
}

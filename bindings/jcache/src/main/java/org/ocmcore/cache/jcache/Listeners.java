package org.ocmcore.cache.jcache;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;

/**
 * The listeners of a JCache. All are called on the thread that changes the entry, before its call
 * returns; also those that are not configured as synchronous. For any number of threads.
 */
final class Listeners<K, V> {
  private record Registered<K, V>(
      CacheEntryListener<? super K, ? super V> listener,
      CacheEntryEventFilter<? super K, ? super V> filter) {}

  private final Cache<K, V> source;
  private final Map<CacheEntryListenerConfiguration<K, V>, Registered<K, V>> registered =
      new ConcurrentHashMap<>();

  Listeners(Cache<K, V> source) {
    this.source = source;
  }

  void register(CacheEntryListenerConfiguration<K, V> configuration) {
    Factory<CacheEntryEventFilter<? super K, ? super V>> filter =
        configuration.getCacheEntryEventFilterFactory();
    registered.put(
        configuration,
        new Registered<>(
            configuration.getCacheEntryListenerFactory().create(),
            filter == null ? event -> true : filter.create()));
  }

  void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
    Registered<K, V> removed = registered.remove(configuration);
    if (removed != null) {
      Resources.close(List.of(removed.listener(), removed.filter()));
    }
  }

  void close() {
    List.copyOf(registered.keySet()).forEach(this::deregister);
  }

  void dispatch(EventType type, K key, V value, V oldValue) {
    if (registered.isEmpty()) {
      return;
    }
    EntryEvent<K, V> event = new EntryEvent<>(source, type, key, value, oldValue);
    for (Registered<K, V> to : registered.values()) {
      try {
        if (listens(to.listener(), type) && to.filter().evaluate(event)) {
          call(to.listener(), type, List.of(event));
        }
      } catch (CacheEntryListenerException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new CacheEntryListenerException("a listener failed; the entry is changed", e);
      }
    }
  }

  private static boolean listens(CacheEntryListener<?, ?> listener, EventType type) {
    return switch (type) {
      case CREATED -> listener instanceof CacheEntryCreatedListener;
      case UPDATED -> listener instanceof CacheEntryUpdatedListener;
      case REMOVED -> listener instanceof CacheEntryRemovedListener;
      case EXPIRED -> listener instanceof CacheEntryExpiredListener;
    };
  }

  @SuppressWarnings("unchecked") // A listener's type arguments are those of its registration.
  private void call(
      CacheEntryListener<? super K, ? super V> listener,
      EventType type,
      Iterable<CacheEntryEvent<? extends K, ? extends V>> events) {
    switch (type) {
      case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
      case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
      case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
      case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
    }
  }
}

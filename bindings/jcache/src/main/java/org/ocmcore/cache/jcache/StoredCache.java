package org.ocmcore.cache.jcache;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;

/** A JCache on an app view. For any number of threads. */
final class StoredCache<K, V> implements Cache<K, V> {
  private final CacheRegistry registry;
  private final String name;
  private final LiveConfiguration<K, V> configuration;
  private final org.ocmcore.cache.domain.client.Cache view;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Statistics statistics = new Statistics();
  private final List<Object> resources = new ArrayList<>();
  private final RunningLoads loads = new RunningLoads();
  private final EntryStore<K, V> store;
  private final EntryChanges<K, V> changes;
  private final CacheLoading<K, V> loading;
  private final ManyEntries<K, V> many;
  private final EntryProcessing<K, V> processing;

  StoredCache(
      CacheRegistry registry, String name, Configuration<K, V> given, JCacheSettings settings) {
    this.registry = registry;
    this.name = name;
    this.configuration = new LiveConfiguration<>(this, given, statistics);
    this.view = settings.cache().app(PlainKeys.escape(name));
    this.store =
        new EntryStore<>(settings, view, configuration.keyType(), configuration.valueType());
    CompleteConfiguration<K, V> complete = configuration.copy();
    ExpiryPolicy policy = resource(complete.getExpiryPolicyFactory()).orElseThrow();
    Optional<CacheLoader<K, V>> loader = resource(complete.getCacheLoaderFactory());
    Optional<CacheWriter<? super K, ? super V>> writer = resource(complete.getCacheWriterFactory());
    this.loading = new CacheLoading<>(loader, complete.isReadThrough());
    CacheWriting<K, V> writing =
        new CacheWriting<>(complete.isWriteThrough() ? writer : Optional.empty());
    this.changes = new EntryChanges<>(
        store, new ExpiryTimes(policy), writing, configuration.listeners(), statistics);
    EntryAccess<K, V> access = new EntryAccess<>(store, changes, loading, statistics);
    this.many = new ManyEntries<>(access, writing);
    this.processing = new EntryProcessing<>(access);
    configuration.start();
  }

  private <T> Optional<T> resource(Factory<? extends T> factory) {
    Optional<T> created = Optional.ofNullable(factory).map(Factory::create);
    created.ifPresent(resources::add);
    return created;
  }

  private void checkOpen() {
    if (isClosed()) {
      throw new IllegalStateException("the cache '%s' is closed".formatted(name));
    }
  }

  /** Rejects null, and calls after the end. */
  private void checkArguments(Object... arguments) {
    checkOpen();
    for (Object argument : arguments) {
      Objects.requireNonNull(argument, "keys, values and arguments must not be null");
    }
  }

  private void check(K key, V value) {
    checkArguments(key, value);
    store.check(value);
  }

  @Override
  public V get(K key) {
    checkArguments(key);
    long start = System.nanoTime();
    Slot<V> seen = store.read(key);
    boolean hit = seen.isLive(store.now());
    V value = hit ? seen.value() : null;
    if (hit) {
      changes.touch(key, seen);
    } else if (loading.isReadThrough() || seen.value() != null) {
      value = changes.change(key, current -> loadUnless(key, current));
    }
    statistics.countRead(hit, start);
    return value;
  }

  private ChangeResult<V, V> loadUnless(K key, V current) {
    if (current != null) {
      return ChangeResult.access(current);
    }
    V loaded = loading.isReadThrough() ? loading.load(key) : null;
    return loaded == null ? ChangeResult.keep(null) : ChangeResult.storeLoaded(loaded, loaded);
  }

  @Override
  public Map<K, V> getAll(Set<? extends K> keys) {
    checkArguments(keys);
    checkArguments(keys.toArray());
    return many.get(keys);
  }

  @Override
  public boolean containsKey(K key) {
    checkArguments(key);
    return store.read(key).isLive(store.now());
  }

  @Override
  public void loadAll(
      Set<? extends K> keys, boolean replaceExistingValues, CompletionListener listener) {
    checkArguments(keys);
    checkArguments(keys.toArray());
    if (!loading.isOn()) {
      if (listener != null) {
        listener.onCompletion();
      }
      return;
    }
    loads.add(view.async()
        .call(any -> {
          many.load(keys, replaceExistingValues);
          return true;
        })
        .whenComplete((done, failure) -> CacheLoading.complete(listener, failure)));
  }

  @Override
  public void put(K key, V value) {
    check(key, value);
    changes.change(key, current -> ChangeResult.store(value, null));
  }

  @Override
  public V getAndPut(K key, V value) {
    check(key, value);
    long start = System.nanoTime();
    V old = changes.change(key, current -> ChangeResult.store(value, current));
    statistics.countRead(old != null, start);
    return old;
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    checkArguments(entries);
    entries.forEach(this::check);
    many.put(entries);
  }

  @Override
  public boolean putIfAbsent(K key, V value) {
    check(key, value);
    long start = System.nanoTime();
    boolean stored = changes.<Boolean>change(
        key,
        current -> current == null ? ChangeResult.store(value, true) : ChangeResult.keep(false));
    statistics.countRead(!stored, start);
    return stored;
  }

  @Override
  public boolean remove(K key) {
    checkArguments(key);
    return changes.<Boolean>change(key, current -> ChangeResult.remove(current != null));
  }

  @Override
  public boolean remove(K key, V oldValue) {
    check(key, oldValue);
    return changeIf(key, oldValue::equals, ChangeResult.remove(true));
  }

  /** Changes an entry whose value is accepted, and counts the read. */
  private boolean changeIf(K key, Predicate<V> accepted, ChangeResult<V, Boolean> outcome) {
    long start = System.nanoTime();
    // Empty if there is no entry.
    Optional<Boolean> changed = changes.change(key, current -> {
      if (current == null) {
        return ChangeResult.keep(Optional.empty());
      }
      return accepted.test(current)
          ? new ChangeResult<>(outcome.act(), outcome.value(), Optional.of(true))
          : ChangeResult.access(Optional.of(false));
    });
    statistics.countRead(changed.isPresent(), start);
    return changed.orElse(false);
  }

  @Override
  public V getAndRemove(K key) {
    checkArguments(key);
    long start = System.nanoTime();
    V old = changes.change(key, ChangeResult::remove);
    statistics.countRead(old != null, start);
    return old;
  }

  @Override
  public boolean replace(K key, V oldValue, V newValue) {
    check(key, oldValue);
    check(key, newValue);
    return changeIf(key, oldValue::equals, ChangeResult.store(newValue, true));
  }

  @Override
  public boolean replace(K key, V value) {
    check(key, value);
    return changeIf(key, current -> true, ChangeResult.store(value, true));
  }

  @Override
  public V getAndReplace(K key, V value) {
    check(key, value);
    long start = System.nanoTime();
    V old = changes.<V>change(
        key,
        current -> current == null ? ChangeResult.keep(null) : ChangeResult.store(value, current));
    statistics.countRead(old != null, start);
    return old;
  }

  @Override
  public void removeAll(Set<? extends K> keys) {
    checkArguments(keys);
    checkArguments(keys.toArray());
    many.remove(keys);
  }

  @Override
  public void removeAll() {
    checkOpen();
    many.remove(store.liveKeys());
  }

  @Override
  public void clear() {
    checkOpen();
    store.clear();
  }

  @Override
  public <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    checkArguments(key, processor);
    return processing.invoke(key, processor, arguments);
  }

  @Override
  public <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    checkArguments(keys, processor);
    checkArguments(keys.toArray());
    return processing.invokeAll(keys, processor, arguments);
  }

  @Override
  public Iterator<Entry<K, V>> iterator() {
    checkOpen();
    return new EntryIterator<>(
        store.liveKeys().iterator(), this::peek, this::countNext, key -> remove(key));
  }

  private V peek(K key) {
    checkOpen();
    Slot<V> seen = store.read(key);
    return seen.isLive(store.now()) ? seen.value() : null;
  }

  private void countNext(Entry<K, V> entry) {
    changes.touch(entry.getKey());
    statistics.countRead(true, System.nanoTime());
  }

  @Override
  public void registerCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
    checkArguments(listener);
    configuration.register(listener);
  }

  @Override
  public void deregisterCacheEntryListener(CacheEntryListenerConfiguration<K, V> listener) {
    checkArguments(listener);
    configuration.deregister(listener);
  }

  /** What can be changed while the cache is open. */
  LiveConfiguration<K, V> configuration() {
    return configuration;
  }

  @Override
  public <C extends Configuration<K, V>> C getConfiguration(Class<C> type) {
    return Unwrapping.unwrap(configuration.copy(), type);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public CacheManager getCacheManager() {
    return registry;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      registry.forget(this);
      loads.await();
      try {
        configuration.close();
      } finally {
        Resources.close(resources);
      }
    }
  }

  /** Closes it and removes its entries, also those of a load that ran until then. */
  void destroy() {
    close();
    view.clear();
  }

  @Override
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.unwrap(this, type);
  }
}

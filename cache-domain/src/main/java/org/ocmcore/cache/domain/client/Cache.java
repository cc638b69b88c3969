package org.ocmcore.cache.domain.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.Store;

/**
 * A cache for an application: typed values under text keys, on memcached servers or in memory. Any
 * number of threads may use it.
 *
 * <p>A key is 1 to 250 bytes of UTF-8 without spaces and control characters. A lifetime is more
 * than zero and at most ten years, in whole seconds, rounded up; or {@link #FOREVER}. A value is
 * text, bytes, a number, a boolean, or anything that the {@link Codec} converts; never null. Wrong
 * arguments throw {@link IllegalArgumentException} and change nothing.
 *
 * <p>A missing or expired key is an empty {@link Optional} or {@code false}. The type that a reader
 * asks for decides how bytes are read; bytes that are no value of that type throw
 * {@link org.ocmcore.cache.domain.error.UnexpectedValue}, which names the key. A server that cannot
 * be reached throws {@link org.ocmcore.cache.domain.error.StoreUnavailable} within the store's
 * timeout, unless {@link Unavailable#MISS} makes it a miss. A server that failed several times in a
 * row is not asked for a while. A value over the server's limit throws
 * {@link org.ocmcore.cache.domain.error.ValueTooLarge}.
 *
 * <p>No method takes more than one round trip for each server, except loads and those that work on
 * patterns: these walk all keys of all servers.
 */
public final class Cache implements AutoCloseable {
  /** The lifetime of an entry that does not expire. */
  public static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final CacheView view;
  private final StoreAccess access;
  private final CachePort cache;
  private final ValueConverter values;
  private final ValueReader reader;
  private final AsyncExecutor executor;
  private final boolean isRoot;
  private final Map<AppName, Cache> apps = new ConcurrentHashMap<>();
  private final Map<AppName, Cache> appsClearedAtOnce = new ConcurrentHashMap<>();

  private Cache(CacheView view, AsyncExecutor executor, boolean isRoot) {
    this.view = view;
    this.access = view.access();
    this.cache = access.store().cache();
    this.values = view.values();
    this.reader = new ValueReader(view);
    this.executor = executor;
    this.isRoot = isRoot;
  }

  static Cache root(CacheView view, AsyncExecutor executor) {
    return new Cache(view, executor, true);
  }

  /**
   * Begins to build a cache.
   *
   * @param store belongs to the cache from now on, which closes it
   */
  public static CacheBuilder builder(Store store) {
    return new CacheBuilder(store);
  }

  static Lifetime lifetime(Duration duration) {
    return duration.equals(FOREVER) ? Lifetime.FOREVER : Lifetime.of(duration);
  }

  private CacheKey key(String name) {
    return view.namespace().key(name);
  }

  /** The value under the key; empty if there is none. */
  public <T> Optional<T> get(String key, Class<T> type) {
    return reader.get(key, type);
  }

  /** The value under the key, of a type with type arguments; empty if there is none. */
  public <T> Optional<T> get(String key, TypeRef<T> type) {
    return reader.get(key, type.type());
  }

  /** The values of the keys that exist, in the order of the keys. */
  public <T> Map<String, T> getAll(Collection<String> keys, Class<T> type) {
    return reader.getAll(keys, type);
  }

  /** The values of the keys that exist, in the order of the keys. */
  public <T> Map<String, T> getAll(Collection<String> keys, TypeRef<T> type) {
    return reader.getAll(keys, type.type());
  }

  /** Stores the value, whether the key exists or not. */
  public void set(String key, Object value, Duration lifetime) {
    CacheKey target = key(key);
    CacheValue encoded = values.encode(target, value);
    Lifetime ttl = lifetime(lifetime);
    access.callOrMiss(
        "set",
        target,
        () -> {
          cache.store(target, encoded, ttl);
          return true;
        },
        false);
  }

  /**
   * Stores all values. They are not stored at one moment: if a server fails, those of the others
   * are stored.
   */
  public void setAll(Map<String, ?> entries, Duration lifetime) {
    Map<CacheKey, CacheValue> encoded = new LinkedHashMap<>();
    entries.forEach((name, value) -> encoded.put(key(name), values.encode(key(name), value)));
    new ManyKeys(access).store(encoded, lifetime(lifetime));
  }

  /** Stores the value if the key does not exist; returns whether it was stored. */
  public boolean add(String key, Object value, Duration lifetime) {
    CacheKey target = key(key);
    CacheValue encoded = values.encode(target, value);
    Lifetime ttl = lifetime(lifetime);
    return access.callOrMiss("add", target, () -> cache.add(target, encoded, ttl), false);
  }

  /** Deletes the key; returns whether it existed. */
  public boolean delete(String key) {
    CacheKey target = key(key);
    return access.call("delete", target, () -> cache.delete(target));
  }

  /**
   * Deletes the keys; returns how many existed. If a server fails, those of the others are deleted.
   */
  public long deleteAll(Collection<String> keys) {
    return new ManyKeys(access).delete(keys.stream().map(this::key).toList());
  }

  /**
   * Gives the key a new lifetime, which begins now; returns whether it existed. Neither reads nor
   * writes the value.
   */
  public boolean refresh(String key, Duration lifetime) {
    CacheKey target = key(key);
    Lifetime ttl = lifetime(lifetime);
    return access.callOrMiss("refresh", target, () -> cache.refresh(target, ttl), false);
  }

  /**
   * Adds to the number under the key, in one step at the server. If the key does not exist, it is
   * stored: the delta with this lifetime, or 0 for a negative delta. An existing number keeps its
   * lifetime.
   *
   * <p>A number is 0 to 2<sup>64</sup> - 1; those from 2<sup>63</sup> on are negative here. A
   * difference below 0 becomes 0. A sum beyond 2<sup>64</sup> - 1 starts again from 0.
   *
   * @return the new number
   * @throws org.ocmcore.cache.domain.error.UnexpectedValue if the value is no such number
   */
  public long increment(String key, long delta, Duration lifetime) {
    CacheKey target = key(key);
    Lifetime ttl = lifetime(lifetime);
    return access.call("increment", target, () -> cache.increment(target, delta, ttl));
  }

  /** The value with its version, for {@link #replace}; empty if there is none. */
  public <T> Optional<Versioned<T>> getVersioned(String key, Class<T> type) {
    return readVersioned(key(key), type);
  }

  /** The value with its version, for {@link #replace}; empty if there is none. */
  public <T> Optional<Versioned<T>> getVersioned(String key, TypeRef<T> type) {
    return readVersioned(key(key), type.type());
  }

  private <T> Optional<Versioned<T>> readVersioned(CacheKey key, Type type) {
    Optional<Versioned<T>> found = access
        .callOrMiss("get", key, () -> cache.readVersioned(key), Optional.<VersionedEntry>empty())
        .flatMap(read -> values
            .<T>decode(key, read.entry().value(), type)
            .map(value -> new Versioned<>(value, read.version())));
    view.counters().countRead(found.isPresent());
    return found;
  }

  /**
   * Stores the value if nobody has stored another since this version was read (compare and set).
   *
   * @return false if somebody has, or if the key does not exist any more
   */
  public boolean replace(String key, long version, Object value, Duration lifetime) {
    CacheKey target = key(key);
    CacheValue encoded = values.encode(target, value);
    Lifetime ttl = lifetime(lifetime);
    return access.call("replace", target, () -> cache.replace(target, version, encoded, ttl));
  }

  /**
   * The value under the key; if there is none, that of the loader, which is stored. The same as
   * {@code loading(type).expireAfter(lifetime).get(key, loader)}; see {@link Loading}.
   *
   * @return null only if the loader returned null; nothing is stored then
   * @throws LoadFailed if the loader threw an exception
   */
  public <T> T getOrLoad(
      String key, Class<T> type, Duration lifetime, Callable<? extends T> loader) {
    return loading(type).expireAfter(lifetime).get(key, loader);
  }

  /** Reads values of this type, and loads those that are missing. */
  public <T> Loading<T> loading(Class<T> type) {
    return loading((Type) type);
  }

  /** Reads values of this type, and loads those that are missing. */
  public <T> Loading<T> loading(TypeRef<T> type) {
    return loading(type.type());
  }

  private <T> Loading<T> loading(Type type) {
    return new Loading<>(new KeyLoader<>(view, type), LoadPolicy.DEFAULT);
  }

  /** The same cache for callers that do not wait. */
  public AsyncCache async() {
    return new AsyncCache(this, executor);
  }

  /**
   * A view of the keys of one app: its keys are those that begin with {@code name:}. Methods of the
   * view take and return keys without that prefix, and concern no others. It has statistics of its
   * own. Closing it does nothing. The same name gives the same view, which is kept: name apps, not
   * users.
   *
   * @throws IllegalArgumentException if the name is empty, too long, or contains {@code :}
   */
  public Cache app(String name) {
    return apps.computeIfAbsent(
        KeyNamespace.appNamed(name), app -> new Cache(view.app(app), executor, false));
  }

  /**
   * A view of the keys of one app that {@link #clear} clears at once, in one round trip, however
   * many there are. For that, a number is part of its keys: {@code name:number:key}. So other
   * clients do not find them without that number; the keys that were cleared stay at the servers
   * until they expire or make room; another process goes on with them for up to a second; and if
   * the server loses the number, under a key that begins with {@code cache-app:generation:}, the
   * view is cleared. Otherwise as {@link #app}.
   *
   * @throws IllegalArgumentException as {@link #app}
   */
  public Cache appClearedAtOnce(String name) {
    return appsClearedAtOnce.computeIfAbsent(
        KeyNamespace.appNamed(name), app -> new Cache(view.generations(app), executor, false));
  }

  /**
   * The keys in which the pattern is found, in the order of their bytes. All servers are walked
   * when the first key is read. Keys that are not UTF-8 text are left out, and those that this
   * system keeps for itself.
   *
   * @param pattern a regular expression as of {@link java.util.regex.Pattern}
   * @throws IllegalArgumentException if it is no regular expression
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly while the stream is read, if the
   *     pattern takes too much work
   */
  public Stream<String> keys(String pattern) {
    return scan(pattern).names();
  }

  private KeyScan scan(String pattern) {
    return new KeyScan(access, view.namespace(), Optional.of(KeyPattern.of(pattern)));
  }

  /**
   * Deletes the keys in which the pattern is found, on every server that holds them; returns how
   * many existed until then. If a server fails, those of the others are still deleted.
   *
   * @throws org.ocmcore.cache.domain.error.BulkIncomplete if a server failed
   */
  public long deleteMatching(String pattern) {
    return scan(pattern).delete();
  }

  /**
   * Gives the keys in which the pattern is found a new lifetime, which begins now; returns how many
   * existed. If a server fails, those of the others are still refreshed.
   *
   * @throws org.ocmcore.cache.domain.error.BulkIncomplete if a server failed
   */
  public long refreshMatching(String pattern, Duration lifetime) {
    Lifetime ttl = lifetime(lifetime);
    return scan(pattern).refresh(ttl);
  }

  /**
   * Removes everything. On an app view: only its keys, in a walk of all servers, or at once if it
   * is {@link #appClearedAtOnce}. Otherwise: every key of every client on every server. If a server
   * fails, the others are still cleared.
   *
   * @throws org.ocmcore.cache.domain.error.BulkIncomplete if a server failed, on an app view
   */
  public void clear() {
    if (isRoot) {
      access.counted(() -> {
        cache.clear();
        return true;
      });
    } else if (view.generation().isPresent()) {
      view.generation().get().next();
    } else {
      new KeyScan(access, view.namespace(), Optional.empty()).delete();
    }
  }

  /** The most bytes of UTF-8 in a key: 250, less the prefix of an app view. */
  public int maxKeyBytes() {
    return CacheKey.MAX_BYTES - view.namespace().prefixLength();
  }

  /** What was counted since the cache was built. */
  public CacheStats stats() {
    return view.counters().stats();
  }

  /** Closes the store; running calls fail. On an app view this does nothing. */
  @Override
  public void close() {
    if (isRoot) {
      executor.close();
      access.store().close();
    }
  }
}

package org.ocmcore.cache.domain.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.port.StoreOutcome;

/**
 * A store on several servers in memory, whose time is injected and whose servers go down and come
 * back as they are told. For any number of threads.
 */
public final class FakeCache implements CachePort, KeyspacePort, BulkPort {
  private final Clock clock;
  private final Map<String, Instant> startedAt = new HashMap<>();
  private final Set<String> walksRefused = new HashSet<>();
  private final List<String> servers;
  private final Map<String, Map<CacheKey, Item>> items = new LinkedHashMap<>();
  private final Set<String> down = new HashSet<>();
  private final Set<CacheKey> refused = new HashSet<>();
  private final Set<CacheKey> refusedReads = new HashSet<>();
  private final Map<String, Duration> latencies = new HashMap<>();
  private final Map<String, Long> changes = new HashMap<>();
  private final Map<String, Long> stores = new HashMap<>();
  private Consumer<String> beforeEach = operation -> {};
  private Runnable afterStats = () -> {};
  private long hits;
  private long misses;
  private final Map<String, Long> flushes = new HashMap<>();
  private final Map<String, Integer> processes = new HashMap<>();
  private final Set<String> clearsRefused = new HashSet<>();
  private boolean offersFeed;
  private Set<ChangeListener.Kind> feedKinds = Set.of(ChangeListener.Kind.MUTATIONS);
  private Optional<String> withheld = Optional.empty();
  private final Map<String, FeedOfFake> feeds = new LinkedHashMap<>();

  public FakeCache(Clock clock, String... servers) {
    this.clock = clock;
    this.servers = List.of(servers);
    for (String server : servers) {
      items.put(server, new LinkedHashMap<>());
      startedAt.put(server, clock.instant());
    }
  }

  /** From now on this server answers nothing. */
  public synchronized void takeDown(String server) {
    down.add(server);
  }

  /** It answers again, and has what it had. */
  public synchronized void bringBack(String server) {
    down.remove(server);
  }

  /** It has started anew, and holds nothing. */
  public synchronized void restart(String server) {
    items.get(server).clear();
    resetStats(server);
    processes.merge(server, 1, Integer::sum);
    startedAt.put(server, clock.instant());
  }

  /** It counts from 0 again. */
  public synchronized void resetStats(String server) {
    changes.remove(server);
    stores.remove(server);
    flushes.remove(server);
  }

  /** From now on this server does not allow all its items to be removed. */
  public synchronized void refuseClears(String server) {
    clearsRefused.add(server);
  }

  /** From now on this server does not allow its keys to be listed. */
  public synchronized void refuseWalks(String server) {
    walksRefused.add(server);
  }

  /** From now on entries of this key are refused when stored in bulk. */
  public synchronized void refuse(CacheKey key) {
    refused.add(key);
  }

  /** From now on entries of this key are refused when read through {@link BulkPort}. */
  public synchronized void refuseReads(CacheKey key) {
    refusedReads.add(key);
  }

  /** What {@link #probe} says of this server from now on. */
  public synchronized void answerWithin(String server, Duration latency) {
    latencies.put(server, latency);
  }

  /**
   * Is called with the name of the method at the start of each call of a port's method, on its
   * thread and outside of all locks; those of {@link BulkPort} have a "bulk " before it.
   */
  public synchronized void beforeEach(Consumer<String> hook) {
    beforeEach = hook;
  }

  /** Puts an entry on a server, whether it belongs there or not, as a foreign client might. */
  public synchronized void put(String server, CacheEntry entry) {
    items.get(server).put(entry.key(), new Item(entry.value(), entry.expiry(), clock.instant()));
    stores.merge(server, 1L, Long::sum);
    changed(server);
  }

  private void changed(String server) {
    changes.merge(server, 1L, Long::sum);
  }

  /** The live keys of a server. */
  public synchronized Set<CacheKey> keysOn(String server) {
    Set<CacheKey> keys = new LinkedHashSet<>(items.get(server).keySet());
    keys.removeIf(key -> find(server, key).isEmpty());
    return keys;
  }

  /** All live keys. */
  public synchronized Set<CacheKey> keys() {
    Set<CacheKey> keys = new LinkedHashSet<>();
    servers.forEach(server -> keys.addAll(keysOn(server)));
    return keys;
  }

  private void entering(String operation) {
    Consumer<String> hook;
    synchronized (this) {
      hook = beforeEach;
    }
    hook.accept(operation);
  }

  private Optional<Item> find(String server, CacheKey key) {
    return Optional.ofNullable(items.get(server).get(key))
        .filter(item -> !item.expiry.isPast(clock.instant()));
  }

  private void requireUp(String server, String operation) {
    if (down.contains(server)) {
      throw unavailable(server, operation);
    }
  }

  private static StoreUnavailable unavailable(String server, String operation) {
    return new StoreUnavailable(server, operation, "connection refused");
  }

  private String home(CacheKey key, String operation) {
    String server = place(key).server();
    requireUp(server, operation + " of key '" + key + "'");
    return server;
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    entering("get");
    synchronized (this) {
      Optional<CacheValue> value = find(home(key, "get"), key).map(Item::fetch);
      hits += value.isPresent() ? 1 : 0;
      misses += value.isPresent() ? 0 : 1;
      return value;
    }
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    entering("read");
    synchronized (this) {
      return find(home(key, "read"), key).map(item -> item.fetch(key));
    }
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    entering("store");
    synchronized (this) {
      storeAt(home(key, "store"), key, value, lifetime);
    }
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    entering("add");
    synchronized (this) {
      String server = home(key, "add");
      requireSize(key, value);
      if (find(server, key).isPresent()) {
        return false;
      }
      storeAt(server, key, value, lifetime);
      return true;
    }
  }

  private void storeAt(String server, CacheKey key, CacheValue value, Lifetime lifetime) {
    requireSize(key, value);
    put(server, new CacheEntry(key, value, Expiry.after(clock.instant(), lifetime)));
  }

  private static void requireSize(CacheKey key, CacheValue value) {
    long size = ItemSize.of(key, value);
    if (size > ItemSize.DEFAULT_MAX) {
      throw new ValueTooLarge(key.toString(), size, ItemSize.DEFAULT_MAX);
    }
  }

  @Override
  public boolean delete(CacheKey key) {
    entering("delete");
    synchronized (this) {
      return deleteAt(home(key, "delete"), key);
    }
  }

  private boolean deleteAt(String server, CacheKey key) {
    boolean found = find(server, key).isPresent();
    items.get(server).remove(key);
    if (found) {
      changed(server);
    }
    return found;
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    entering("refresh");
    synchronized (this) {
      return refreshAt(home(key, "refresh"), key, lifetime);
    }
  }

  private boolean refreshAt(String server, CacheKey key, Lifetime lifetime) {
    Optional<Item> found = find(server, key);
    found.ifPresent(item -> {
      storeAt(server, key, item.value, lifetime);
      // As memcached does.
      items.get(server).get(key).fetch();
    });
    return found.isPresent();
  }

  @Override
  public void clear() {
    entering("clear");
    synchronized (this) {
      servers.stream()
          .filter(server -> !down.contains(server) && !clearsRefused.contains(server))
          .forEach(server -> {
            items.get(server).clear();
            flushes.merge(server, 1L, Long::sum);
            changed(server);
          });
      servers.forEach(server -> requireUp(server, "clear"));
      clearsRefused.forEach(server -> {
        throw StoreUnavailable.refused(server, "clear", "it does not allow that", null);
      });
    }
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(key, servers.get(Math.floorMod(key.hashCode(), servers.size())));
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    entering("readAll");
    synchronized (this) {
      List<CacheEntry> entries = new ArrayList<>();
      for (PlacedKey placed : keys) {
        requireUp(placed.server(), "read of many");
        find(placed.server(), placed.key())
            .ifPresent(item -> entries.add(item.fetch(placed.key())));
      }
      return entries;
    }
  }

  private StoreOutcome storeAt(String server, CacheEntry entry, boolean onlyAbsent) {
    if (entry.expiry().isPast(clock.instant())) {
      return StoreOutcome.EXPIRED;
    }
    if (entry.size() > ItemSize.DEFAULT_MAX) {
      return StoreOutcome.TOO_LARGE;
    }
    if (refused.contains(entry.key())) {
      return StoreOutcome.REFUSED;
    }
    if (onlyAbsent && find(server, entry.key()).isPresent()) {
      return StoreOutcome.EXISTS;
    }
    put(server, entry);
    return StoreOutcome.STORED;
  }

  @Override
  public void read(String server, Iterator<KeyInfo> keys, ReadVisitor visitor) {
    bulk("read", server, keys, key -> {
      if (refusedReads.contains(key.key())) {
        return () -> visitor.refused(key, "out of memory");
      }
      return find(server, key.key())
          .map(item -> item.fetch(key.key()))
          .<Runnable>map(entry -> () -> visitor.found(key, entry))
          .orElse(() -> visitor.absent(key));
    });
  }

  @Override
  public void find(String server, Iterator<CacheKey> keys, FindVisitor visitor) {
    bulk("find", server, keys, key -> {
      boolean isThere = find(server, key).isPresent();
      return () -> visitor.visit(key, isThere);
    });
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    bulk("store", server, entries, entry -> {
      StoreOutcome outcome = storeAt(server, entry, onlyAbsent);
      String reason = outcome == StoreOutcome.REFUSED ? "out of memory" : "";
      return () -> visitor.visit(entry, outcome, reason);
    });
  }

  @Override
  public synchronized long maxItemSize(String server) {
    requireUp(server, "item limit");
    return ItemSize.DEFAULT_MAX;
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    bulk("delete", server, keys, key -> {
      if (refused.contains(key)) {
        return () -> visitor.visit(key, KeyOutcome.REFUSED, "out of memory");
      }
      KeyOutcome outcome = deleteAt(server, key) ? KeyOutcome.DONE : KeyOutcome.ABSENT;
      return () -> visitor.visit(key, outcome, "");
    });
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    bulk("refresh", server, keys, key -> {
      if (refused.contains(key.key())) {
        return () -> visitor.visit(key, KeyOutcome.REFUSED, "out of memory");
      }
      boolean done = refreshAt(server, key.key(), key.lifetime());
      return () -> visitor.visit(key, done ? KeyOutcome.DONE : KeyOutcome.ABSENT, "");
    });
  }

  /** Works on each item under the lock, and tells of it outside. */
  private <T> void bulk(
      String operation, String server, Iterator<T> all, Function<T, Runnable> work) {
    if (!servers.contains(server)) {
      throw new IllegalArgumentException("there is no server \"" + server + "\"");
    }
    entering("bulk " + operation);
    while (all.hasNext()) {
      T item = all.next();
      Runnable telling;
      synchronized (this) {
        requireUp(server, operation + " of many");
        if (Thread.currentThread().isInterrupted()) {
          throw new StoreUnavailable(server, operation + " of many", "interrupted");
        }
        telling = work.apply(item);
      }
      telling.run();
    }
  }

  @Override
  public List<String> servers() {
    return servers;
  }

  @Override
  public ServerStats stats(String server) {
    entering("stats");
    ServerStats stats = statsNow(server);
    Runnable hook;
    synchronized (this) {
      hook = afterStats;
      afterStats = () -> {};
    }
    hook.run();
    return stats;
  }

  /** Is called once, when the statistics are read that are asked for next, and not told yet. */
  public synchronized void afterStats(Runnable hook) {
    afterStats = hook;
  }

  private synchronized ServerStats statsNow(String server) {
    requireUp(server, "stats");
    long bytes = items.get(server).entrySet().stream()
        .mapToLong(item -> ItemSize.of(item.getKey(), item.getValue().value))
        .sum();
    return new ServerStats(
        "fake",
        server + processes.getOrDefault(server, 0),
        Duration.between(startedAt.get(server), clock.instant()),
        items.get(server).size(),
        bytes,
        OptionalLong.empty(),
        hits,
        misses,
        flushes.getOrDefault(server, 0L),
        0,
        changes.getOrDefault(server, 0L),
        stores.getOrDefault(server, 0L),
        OptionalLong.empty());
  }

  @Override
  public Duration probe(String server) {
    entering("probe");
    synchronized (this) {
      requireUp(server, "probe");
      return latencies.getOrDefault(server, Duration.ZERO);
    }
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    entering("walk");
    List<KeyInfo> found = new ArrayList<>();
    synchronized (this) {
      requireUp(server, "walk");
      if (walksRefused.contains(server)) {
        throw StoreUnavailable.refused(server, "walk", "it does not allow that", null);
      }
      keysOn(server).forEach(key -> {
        Item item = items.get(server).get(key);
        found.add(new KeyInfo(
            key,
            item.expiry,
            ItemSize.of(key, item.value),
            item.written.getEpochSecond(),
            item.fetched,
            server));
      });
    }
    found.forEach(visitor);
  }

  @Override
  public boolean follow(String server, ChangeListener listener) {
    entering("follow");
    FeedOfFake feed = new FeedOfFake(listener);
    synchronized (this) {
      requireUp(server, "follow");
      if (!offersFeed) {
        return false;
      }
      withheld.ifPresent(listener::withheld);
      listener.began(feedKinds);
      feeds.put(server, feed);
      notifyAll();
    }
    feed.awaitEnd(server);
    return true;
  }

  /** Lets the servers be followed from now on, on threads of their own. */
  public synchronized void offerFeed() {
    offersFeed = true;
  }

  /** Feeds tell only these kinds from now on, for this reason. */
  public synchronized void feedOnly(Set<ChangeListener.Kind> kinds, String reason) {
    feedKinds = Set.copyOf(kinds);
    withheld = Optional.of(reason);
  }

  /** The listener of a server's feed; waits for it. */
  public synchronized ChangeListener listener(String server) throws InterruptedException {
    while (!feeds.containsKey(server)) {
      wait();
    }
    return feeds.get(server).listener;
  }

  /** Ends a server's feed, as if the connection broke. */
  public synchronized void endFeed(String server) {
    feeds.remove(server).ended.countDown();
  }

  private static final class FeedOfFake {
    private final ChangeListener listener;
    private final CountDownLatch ended = new CountDownLatch(1);

    FeedOfFake(ChangeListener listener) {
      this.listener = listener;
    }

    void awaitEnd(String server) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new StoreUnavailable(server, "follow", "it closed the connection");
    }
  }

  private static final class Item {
    private final CacheValue value;
    private final Expiry expiry;
    private final Instant written;
    private boolean fetched;

    Item(CacheValue value, Expiry expiry, Instant written) {
      this.value = value;
      this.expiry = expiry;
      this.written = written;
    }

    CacheValue fetch() {
      fetched = true;
      return value;
    }

    CacheEntry fetch(CacheKey key) {
      return new CacheEntry(key, fetch(), expiry);
    }
  }
}

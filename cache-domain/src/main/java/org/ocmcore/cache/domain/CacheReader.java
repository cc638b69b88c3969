package org.ocmcore.cache.domain;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.CacheStatus.ServerStatus;
import org.ocmcore.cache.domain.dump.AutoDump;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.port.Batches;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.KeyCursor;
import org.ocmcore.cache.domain.tracking.KeyIndex;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.ServerTracking;

/**
 * What everybody may ask, in every environment. Nothing here changes a key or its lifetime. For any
 * number of threads.
 *
 * <p>What lists keys throws {@link StoreUnavailable} if a server cannot be asked, since keys would
 * be missing; and what takes a pattern throws
 * {@link org.ocmcore.cache.domain.error.PatternTooCostly}.
 */
public final class CacheReader {
  /** The most bytes of items that {@link #values} reads at once. */
  public static final long MAX_VALUE_BYTES = 32L * 1024 * 1024;

  private final CachePort cache;
  private final KeyspacePort keyspace;
  private final KeyTracker tracker;
  private final DumpPort dumps;
  private final AutoDump autoDump;
  private final Executor executor;
  private final Clock clock;

  /**
   * @param executor where servers are asked how they stand, all at the same time if it has threads
   *     enough beside those that walk
   */
  public CacheReader(
      CachePort cache,
      KeyspacePort keyspace,
      KeyTracker tracker,
      DumpPort dumps,
      AutoDump autoDump,
      Executor executor,
      Clock clock) {
    this.cache = cache;
    this.keyspace = keyspace;
    this.tracker = tracker;
    this.dumps = dumps;
    this.autoDump = autoDump;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * How the cache and its servers stand. A server that is down is told of, not thrown.
   *
   * @throws StoreUnavailable if no server answers
   */
  public CacheStatus status() {
    List<CompletableFuture<ServerStatus>> answers = keyspace.servers().stream()
        .map(server -> CompletableFuture.supplyAsync(() -> status(server), executor))
        .toList();
    KeyTracker.Survey survey = tracker.survey();
    List<ServerStatus> servers = answers.stream().map(CacheReader::await).toList();
    List<StoreUnavailable> failures = survey.failures();
    if (servers.stream().allMatch(server -> server.stats().isEmpty())) {
      throw failures.isEmpty() ? servers.get(0).failure().orElseThrow() : failures.get(0);
    }
    Map<String, String> missing = new LinkedHashMap<>();
    failures.forEach(failure -> missing.put(failure.server(), failure.getMessage()));
    servers.forEach(server -> server
        .failure()
        .ifPresent(failure -> missing.putIfAbsent(server.address(), failure.getMessage())));
    long known = survey.servers().stream()
        .filter(server -> !missing.containsKey(server.server()))
        .mapToLong(ServerTracking::keys)
        .sum();
    long uncounted = servers.stream()
        .filter(server -> missing.containsKey(server.address()))
        .flatMap(server -> server.stats().stream())
        .mapToLong(ServerStats::currentItems)
        .sum();
    List<String> reasons = new ArrayList<>(survey.index().gaps());
    reasons.addAll(missing.values());
    return new CacheStatus(
        known + uncounted, survey.index().asOf(), reasons, survey.servers(), servers);
  }

  private static ServerStatus await(CompletableFuture<ServerStatus> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private ServerStatus status(String server) {
    try {
      return new ServerStatus(server, Optional.of(keyspace.stats(server)), Optional.empty());
    } catch (StoreUnavailable e) {
      return new ServerStatus(server, Optional.empty(), Optional.of(e));
    }
  }

  /**
   * The keys that are asked for. Every key that lives throughout a paging is on one of its pages,
   * once.
   */
  public KeyPage keys(KeyQuery query) {
    KeyIndex index = tracker.index();
    int limit = query.limit().orElse(Integer.MAX_VALUE);
    Instant now = clock.instant();
    KeyFilter filter = new KeyFilter(query);
    List<KeyInfo> page = new ArrayList<>();
    long total = 0;
    long matching = 0;
    boolean more = false;
    KeyCursor cursor = index.cursor(KeyRange.ALL, now);
    while (cursor.next()) {
      KeyInfo key = cursor.info();
      total++;
      if (!filter.accepts(key.key())) {
        continue;
      }
      matching++;
      if (query.after().isEmpty() || key.key().compareTo(query.after().get()) > 0) {
        if (page.size() < limit) {
          page.add(key);
        } else {
          more = true;
        }
      }
    }
    Optional<CacheKey> next =
        more ? Optional.of(page.get(page.size() - 1).key()) : Optional.empty();
    return new KeyPage(page, matching, total, next);
  }

  /**
   * The first entries that match, with their values: at most {@code limit}, and at most
   * {@value #MAX_VALUE_BYTES} bytes of items.
   */
  public ValuePage values(KeyPattern pattern, int limit) {
    KeyPage page = keys(KeyQuery.matching(pattern).limitedTo(limit));
    List<KeyInfo> affordable = affordable(page.keys());
    return new ValuePage(read(affordable), page.matching(), affordable.size() < page.matching());
  }

  private static List<KeyInfo> affordable(List<KeyInfo> keys) {
    long bytes = 0;
    int count = 0;
    while (count < keys.size() && bytes + keys.get(count).size() <= MAX_VALUE_BYTES) {
      bytes += keys.get(count).size();
      count++;
    }
    return keys.subList(0, count);
  }

  private List<CacheEntry> read(List<KeyInfo> keys) {
    List<CacheEntry> entries = new ArrayList<>(keys.size());
    for (List<KeyInfo> batch : Batches.of(keys)) {
      entries.addAll(cache.readAll(Batches.placed(batch)));
    }
    return entries;
  }

  /** What the keys that match add up to, with the first of them, at most {@code limit}. */
  public KeySummary summarize(KeyPattern pattern, int limit) {
    List<KeyInfo> keys = keys(KeyQuery.matching(pattern)).keys();
    List<KeyInfo> first = keys.subList(0, Math.min(limit, keys.size()));
    return new KeySummary(first, KeyTotals.of(keys, clock.instant()));
  }

  /**
   * A key with its value.
   *
   * @throws KeyNotFound if it is not there
   */
  public CacheEntry read(CacheKey key) {
    return cache.read(key).orElseThrow(() -> new KeyNotFound(key.toString()));
  }

  /** What the keys of each app add up to. */
  public SortedMap<AppName, KeyTotals> apps() {
    Instant now = clock.instant();
    Map<AppName, KeyTotals.Counter> counters = new TreeMap<>();
    keys(KeyQuery.ALL)
        .keys()
        .forEach(key -> counters
            .computeIfAbsent(AppName.of(key.key()), app -> new KeyTotals.Counter(now))
            .add(key));
    SortedMap<AppName, KeyTotals> totals = new TreeMap<>();
    counters.forEach((app, counter) -> totals.put(app, counter.totals()));
    return totals;
  }

  /**
   * What the keys of an app add up to.
   *
   * @throws AppNotFound if it has none
   */
  public KeyTotals app(AppName app) {
    List<KeyInfo> keys = keys(KeyQuery.of(app)).keys();
    if (keys.isEmpty()) {
      throw new AppNotFound(app.name());
    }
    return KeyTotals.of(keys, clock.instant());
  }

  /**
   * The first keys of each app, at most {@code limit} of each; ordered by app.
   *
   * @throws IllegalArgumentException unless the limit is at least 1
   */
  public List<AppKeys> registry(int limit) {
    KeyQuery.requireLimit(limit);
    SortedMap<AppName, List<CacheKey>> first = new TreeMap<>();
    Map<AppName, Long> totals = new TreeMap<>();
    for (KeyInfo key : keys(KeyQuery.ALL).keys()) {
      AppName app = AppName.of(key.key());
      if (totals.merge(app, 1L, Long::sum) <= limit) {
        first.computeIfAbsent(app, unseen -> new ArrayList<>()).add(key.key());
      }
    }
    return first.entrySet().stream()
        .map(app -> new AppKeys(app.getKey(), app.getValue(), totals.get(app.getKey())))
        .toList();
  }

  /**
   * The keys of an app in which a pattern is found.
   *
   * @throws AppNotFound if the app has no key at all
   */
  public KeyPage keys(AppName app, KeyPattern pattern) {
    KeyPage page = keys(new KeyQuery(
        Optional.of(pattern), Optional.of(app), Optional.empty(), OptionalInt.empty()));
    if (page.keys().isEmpty()) {
      app(app);
    }
    return page;
  }

  /** All dumps, newest first, each checked whole. */
  public List<DumpInfo> dumps() {
    return dumps.names().stream().flatMap(name -> describe(name).stream()).toList();
  }

  private Optional<DumpInfo> describe(String name) {
    try {
      return Optional.of(dumps.describe(name));
    } catch (DumpNotFound removedMeanwhile) {
      return Optional.empty();
    }
  }

  /** How auto-dump stands. */
  public AutoDump.State autoDump() {
    return autoDump.state();
  }
}

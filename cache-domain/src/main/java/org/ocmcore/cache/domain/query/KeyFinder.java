package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * Answers questions about the keys of an index, all as of the same moment. Immutable; safe for use
 * by any number of threads.
 *
 * <p>Methods with a filter throw {@link org.ocmcore.cache.domain.error.PatternTooCostly}, and
 * {@link IllegalArgumentException} if the filter names an unknown server.
 */
public final class KeyFinder {
  private final KeyIndex index;
  private final Instant now;
  private final AppRule apps;
  private final IndexScan scan;
  private final LongConsumer memory;

  /** @param now keys that have expired at this time do not exist */
  public KeyFinder(KeyIndex index, AppRule apps, Instant now, Workers workers) {
    this(index, apps, now, workers, AppScope.ALL, bytes -> {});
  }

  /**
   * @param scope keys of other apps do not exist
   * @param memory takes the bytes of a result that grows with the number of keys, before it has
   *     them; throws to end the search. The threads of a search call it
   */
  public KeyFinder(
      KeyIndex index,
      AppRule apps,
      Instant now,
      Workers workers,
      AppScope scope,
      LongConsumer memory) {
    this.index = index;
    this.apps = apps;
    this.now = now;
    this.scan = new IndexScan(index, apps, now, workers, scope);
    this.memory = memory;
  }

  /** The freshness of all answers. */
  public Freshness freshness() {
    return Freshness.of(index);
  }

  /** The keys of a query. */
  public KeyPage page(KeyQuery query) {
    scan.requireServer(query.filter());
    long total = count(KeyFilter.ALL);
    if (!query.order().isNatural()) {
      return sorted(query, total);
    }
    KeyFilter filter = scan.scoped(query.filter());
    return filter.isRange(apps) ? ranged(query, filter.range(apps), total) : scanned(query, total);
  }

  /** The number of keys that match. */
  public long count(KeyFilter given) {
    KeyFilter filter = scan.scoped(given);
    return filter.isRange(apps)
        ? index.sum(filter.range(apps), now).keys()
        : scan.keys(filter, Matches::count).stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The keys of an app.
   *
   * @throws AppNotFound if the app has no keys
   */
  public KeyPage page(AppName app, KeyQuery query) {
    KeyPage page =
        page(new KeyQuery(query.filter().with(app), query.order(), query.after(), query.limit()));
    if (page.matching() == 0) {
      app(app);
    }
    return page;
  }

  private KeyPage ranged(KeyQuery query, KeyRange range, long total) {
    KeyRange rest = query.after().map(range::after).orElse(range);
    long matching = index.sum(range, now).keys();
    long follow = query.after().isEmpty() ? matching : index.sum(rest, now).keys();
    FoundKeys keys = FoundKeys.first(() -> scan.cursor(rest), follow).limitedTo(limit(query));
    return new KeyPage(keys, matching, total, next(keys, follow), freshness());
  }

  private static long limit(KeyQuery query) {
    return query.limit().isPresent() ? query.limit().getAsInt() : Long.MAX_VALUE;
  }

  private static Optional<CacheKey> next(FoundKeys page, long follow) {
    return page.size() < follow ? page.last().map(KeyInfo::key) : Optional.empty();
  }

  /** The part of a page that one range holds. */
  private record Share(Positions first, long matching, long follow) {}

  private KeyPage scanned(KeyQuery query, long total) {
    long limit = limit(query);
    byte[] after = query.after().map(CacheKey::bytes).orElse(new byte[0]);
    List<Share> shares = scan.keys(query.filter(), matches -> {
      Positions first = new Positions(memory);
      long matching = 0;
      long follow = 0;
      while (matches.next()) {
        matching++;
        if (isBehind(matches.key(), after) && follow++ < limit) {
          first.add(matches.key().position());
        }
      }
      return new Share(first, matching, follow);
    });
    long matching = shares.stream().mapToLong(Share::matching).sum();
    long follow = shares.stream().mapToLong(Share::follow).sum();
    FoundKeys keys = at(shares.stream().map(Share::first).toList()).limitedTo(limit);
    return new KeyPage(keys, matching, total, next(keys, follow), freshness());
  }

  private static boolean isBehind(KeyCursor key, byte[] after) {
    return Arrays.compareUnsigned(key.bytes(), key.from(), key.to(), after, 0, after.length) > 0;
  }

  private FoundKeys at(List<Positions> places) {
    return FoundKeys.at(() -> scan.cursor(KeyRange.ALL), places);
  }

  /** A key with its rank in the order. */
  private record Ranked(long rank, long position) {
    static final Comparator<Ranked> ORDER =
        Comparator.comparingLong(Ranked::rank).thenComparingLong(Ranked::position);
  }

  private record SortedShare(Top<Ranked> first, long matching) {}

  private KeyPage sorted(KeyQuery query, long total) {
    int limit = query.limit().orElseThrow();
    List<SortedShare> shares = scan.keys(query.filter(), matches -> {
      Top<Ranked> first = new Top<>(limit, Ranked.ORDER);
      long matching = 0;
      while (matches.next()) {
        matching++;
        long rank = query.order().rank(matches.key());
        // Of equal keys, the first comes first.
        if (!first.isFull() || rank < first.last().rank) {
          first.offer(new Ranked(rank, matches.key().position()));
        }
      }
      return new SortedShare(first, matching);
    });
    Top<Ranked> first = new Top<>(limit, Ranked.ORDER);
    shares.forEach(share -> first.addAll(share.first));
    Positions positions = new Positions();
    first.inOrder().forEach(ranked -> positions.add(ranked.position));
    long matching = shares.stream().mapToLong(SortedShare::matching).sum();
    return new KeyPage(at(List.of(positions)), matching, total, Optional.empty(), freshness());
  }

  /** Selects all copies of keys that the filter matches, for a change of them. */
  public CopySelection selectCopies(KeyFilter filter) {
    int servers = index.servers().size();
    List<CopySelection.Part> parts = scan.copyRanges(
        filter, (range, matches) -> new CopySelection.Part(range, servers).fill(matches));
    return new CopySelection(parts, index.servers(), scan::copies);
  }

  /**
   * A summary of all copies of keys that the filter matches, in bounded memory.
   *
   * @param most the most apps in the summary
   * @param sample the most keys in its sample
   */
  public CopiesSummary summarizeCopies(KeyFilter filter, int most, int sample) {
    CopiesCounter.Limits limits = new CopiesCounter.Limits(most, sample);
    AppFinder finder = apps.finder();
    List<CopiesCounter> parts = scan.copies(filter, matches -> {
      CopiesCounter part = new CopiesCounter(index, limits, finder.fork(), now);
      while (matches.next()) {
        part.add(matches.key());
      }
      return part;
    });
    return CopiesCounter.join(parts, index, limits, finder, now);
  }

  /** The same of these keys; those that no server is known to hold are left out. */
  public CopiesSummary summarizeCopies(Collection<CacheKey> keys, int most, int sample) {
    CopiesCounter.Limits limits = new CopiesCounter.Limits(most, sample);
    AppFinder finder = apps.finder();
    CopiesCounter counter = new CopiesCounter(index, limits, finder, now);
    for (CacheKey key : new TreeSet<>(keys)) {
      KeyCursor copies = index.copies(KeyRange.of(key), now);
      while (copies.next()) {
        counter.add(copies);
      }
    }
    return CopiesCounter.join(List.of(counter), index, limits, finder, now);
  }

  /** The sum over the keys that match, with at most {@code limit} of them. */
  public MatchSummary summary(KeyFilter filter, int limit) {
    KeyQuery.requireLimit(limit);
    record RangeResult(Positions first, KeySummary.Counter counter) {}
    List<RangeResult> parts = scan.keys(filter, matches -> {
      RangeResult part = new RangeResult(new Positions(memory), new KeySummary.Counter(now));
      while (matches.next()) {
        part.counter.add(matches.key());
        if (part.first.size() < limit) {
          part.first.add(matches.key().position());
        }
      }
      return part;
    });
    KeySummary.Counter all = new KeySummary.Counter(now);
    parts.forEach(part -> all.add(part.counter));
    FoundKeys first = at(parts.stream().map(RangeResult::first).toList()).limitedTo(limit);
    return new MatchSummary(first, all.totals(), freshness());
  }

  /** The sum over the keys of each app. */
  public SortedMap<AppName, KeySummary> apps() {
    record RangeResult(AppAggregator runs, List<AppAggregator.Run> whole) {}
    AppFinder finder = apps.finder();
    List<RangeResult> parts = scan.keys(KeyFilter.ALL, matches -> {
      List<AppAggregator.Run> whole = new ArrayList<>();
      Consumer<AppAggregator.Run> kept = run -> {
        memory.accept(AppAggregator.APP_BYTES);
        whole.add(run);
      };
      AppAggregator runs = AppAggregator.of(finder.fork(), now, kept, memory);
      while (matches.next()) {
        runs.add(matches.key());
      }
      return new RangeResult(runs, whole);
    });
    SortedMap<AppName, KeySummary> totals = new TreeMap<>();
    parts.forEach(
        part -> part.whole.forEach(run -> totals.put(run.app(), run.counter().totals())));
    AppAggregator.join(
        parts.stream().map(RangeResult::runs).toList(),
        run -> totals.put(run.app(), run.counter().totals()));
    return totals;
  }

  /**
   * The sum over the keys of an app.
   *
   * @throws AppNotFound if it has none
   */
  public KeySummary app(AppName app) {
    KeySummary totals = summary(KeyFilter.of(app), 1).totals();
    if (totals.keys() == 0) {
      throw new AppNotFound(app.name());
    }
    return totals;
  }

  /**
   * At most {@code limit} keys of each app, ordered by app.
   *
   * @throws IllegalArgumentException if the limit is below 1
   */
  public List<AppKeys> registry(int limit) {
    KeyQuery.requireLimit(limit);
    SortedMap<AppName, KeySummary> totals = apps();
    Function<AppName, FoundKeys> first = apps.isPattern()
        ? firstOfEach(limit)::get
        : app -> page(KeyQuery.of(app).limitedTo(limit)).keys();
    List<AppKeys> registry = new ArrayList<>();
    totals.forEach((app, sum) -> registry.add(new AppKeys(app, first.apply(app), sum.keys())));
    return registry;
  }

  /** The first keys of each app. A pattern may put them anywhere, so it looks at all keys once. */
  private Map<AppName, FoundKeys> firstOfEach(int limit) {
    AppFinder finder = apps.finder();
    List<Map<AppName, Positions>> parts = scan.keys(KeyFilter.ALL, matches -> {
      AppFinder own = finder.fork();
      Map<AppName, Positions> first = new HashMap<>();
      while (matches.next()) {
        KeyCursor key = matches.key();
        AppName app = own.appOf(key.bytes(), key.from(), key.to());
        Positions positions = first.get(app);
        if (positions == null) {
          memory.accept(AppAggregator.APP_BYTES);
          positions = new Positions(memory);
          first.put(app, positions);
        }
        if (positions.size() < limit) {
          memory.accept(Long.BYTES);
          positions.add(key.position());
        }
      }
      return first;
    });
    Map<AppName, List<Positions>> places = new HashMap<>();
    parts.forEach(part -> part.forEach(
        (app, first) -> places.computeIfAbsent(app, any -> new ArrayList<>()).add(first)));
    Map<AppName, FoundKeys> found = new HashMap<>();
    places.forEach((app, first) -> found.put(app, at(first).limitedTo(limit)));
    return found;
  }

  /** One level of the tree of namespaces. */
  public Level level(LevelQuery query) {
    return scan.level(query.prefix(), keys -> new LevelScan(query, keys).level(freshness()));
  }

  /** The statistics of the keys that match, in one pass. */
  public Analysis analysis(KeyFilter filter) {
    AppFinder finder = apps.finder();
    List<AnalysisScan> parts = scan.keys(filter, matches -> {
      AnalysisScan part = new AnalysisScan(finder.fork(), now, memory);
      while (matches.next()) {
        part.add(matches.key());
      }
      return part;
    });
    return AnalysisScan.join(parts, finder, now, this::at, freshness());
  }
}

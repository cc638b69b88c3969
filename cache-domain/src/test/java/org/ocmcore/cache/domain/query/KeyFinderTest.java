package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.CopiesSummary.AppCopies;
import org.ocmcore.cache.domain.query.KeyOrder.By;

class KeyFinderTest {
  private static final List<String> PATTERNS = List.of("^a", "b:", "[ab]+$", "^:+", "ÿ");
  private static final List<String> APPS = List.of("a", "ab", "global", "!");
  private static final List<String> PREFIXES = List.of("", "a", "a:", ":", "é");

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static List<CacheKey> keys(FoundKeys found) {
    return found.stream().map(KeyInfo::key).toList();
  }

  private static List<String> names(FoundKeys found) {
    return found.stream().map(key -> key.key().toString()).toList();
  }

  /** A filter, and what says the same of a key. */
  private record Case(KeyFilter filter, Predicate<KeyInfo> model) {
    private static final Case ALL = new Case(KeyFilter.ALL, key -> true);

    private Case and(KeyFilter more, Predicate<KeyInfo> meaning) {
      return new Case(more, model.and(meaning));
    }

    static Case any(Random random, Sample sample) {
      Case one = ALL;
      if (random.nextBoolean()) {
        KeyBytes prefix = KeyBytes.of(one(PREFIXES, random));
        one = one.and(
            KeyFilter.startingWith(prefix),
            key -> prefix.begins(key.key().bytes(), 0, key.key().length()));
      }
      if (random.nextInt(3) == 0) {
        String regex = one(PATTERNS, random);
        Pattern plain = Pattern.compile(regex);
        one = one.and(
            one.filter.with(KeyPattern.of(regex)),
            key -> plain.matcher(key.key().characters()).find());
      }
      if (random.nextInt(3) == 0) {
        AppName app = new AppName(one(APPS, random));
        one = one.and(one.filter.with(app), key -> app.owns(key.key()));
      }
      if (random.nextInt(4) == 0) {
        String server = one(Sample.SERVERS, random);
        one = one.and(one.filter.on(server), key -> key.server().equals(server));
      }
      return random.nextBoolean() ? one.withTraits(random, sample) : one;
    }

    private static <T> T one(List<T> list, Random random) {
      return list.get(random.nextInt(list.size()));
    }

    private Case withTraits(Random random, Sample sample) {
      OptionalLong min = maybe(random, random.nextInt(50_000));
      OptionalLong max = maybe(random, 50_000 + random.nextInt(50_000));
      OptionalLong below = maybe(random, 2_000 + random.nextInt(100_000));
      OptionalLong above = maybe(random, random.nextInt(1_000));
      boolean never = below.isEmpty() && above.isEmpty() && random.nextBoolean();
      OptionalLong idle = maybe(random, random.nextInt(1_000));
      return and(
          filter.with(
              new KeyCriteria(min, max, seconds(below), seconds(above), never, seconds(idle))),
          key -> (min.isEmpty() || key.size() >= min.getAsLong())
              && (max.isEmpty() || key.size() <= max.getAsLong())
              && (below.isEmpty() || has(sample.ttl(key), ttl -> ttl < below.getAsLong()))
              && (above.isEmpty() || has(sample.ttl(key), ttl -> ttl > above.getAsLong()))
              && (!never || key.expiry().isNever())
              && (idle.isEmpty() || has(sample.idle(key), idles -> idles > idle.getAsLong())));
    }

    private static OptionalLong maybe(Random random, long value) {
      return random.nextBoolean() ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static Optional<Duration> seconds(OptionalLong seconds) {
      return seconds.isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.ofSeconds(seconds.getAsLong()));
    }

    private static boolean has(OptionalLong value, Predicate<Long> test) {
      return value.isPresent() && test.test(value.getAsLong());
    }
  }

  @RepeatedTest(6)
  void everyQueryMatchesTheModel(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Sample sample = Sample.random(random, 3_000);
    sample.clock.advance(Duration.ofMillis(random.nextInt(999)));
    KeyFinder alone = sample.finder();
    KeyFinder shared = sample.finder(threads, 3);
    for (int i = 0; i < 25; i++) {
      Case any = Case.any(random, sample);
      List<CacheKey> expected =
          sample.all().stream().filter(any.model).map(KeyInfo::key).toList();
      for (KeyFinder finder : List.of(alone, shared)) {
        KeyPage all = finder.page(KeyQuery.of(any.filter));
        assertEquals(expected, keys(all.keys()), any.filter::toString);
        assertEquals(expected.size(), all.matching());
        assertEquals(expected.size(), all.keys().size());
        assertEquals(sample.all().size(), all.total());
        List<CacheKey> copies = new ArrayList<>();
        finder.selectCopies(any.filter).visit(key -> copies.add(key.key()));
        assertEquals(expected, copies);
        assertEquals(expected.size(), sum(finder.selectCopies(any.filter).countByServer()));
        CopiesSummary summary = finder.summarizeCopies(any.filter, 1_000, 5);
        assertEquals(expected.size(), summary.copies());
        assertEquals(expected.subList(0, Math.min(5, expected.size())), summary.sample());
        assertEquals(
            expected.size(),
            summary.apps().stream().mapToLong(AppCopies::copies).sum());
        assertEquals(summary.totalApps(), summary.apps().size());
        assertEquals(
            expected.size(),
            summary.servers().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(expected.size(), finder.summary(any.filter, 5).totals().keys());
        assertEquals(
            expected.subList(0, Math.min(5, expected.size())),
            keys(finder.summary(any.filter, 5).first()));
        assertPages(finder, any.filter, expected, 1 + random.nextInt(400));
      }
    }
  }

  private static void assertPages(
      KeyFinder finder, KeyFilter filter, List<CacheKey> expected, int limit) {
    List<CacheKey> seen = new ArrayList<>();
    KeyQuery query = KeyQuery.of(filter).limitedTo(limit);
    Optional<CacheKey> next;
    do {
      KeyPage page = finder.page(query);
      assertEquals(expected.size(), page.matching());
      assertEquals(Math.min(limit, expected.size() - seen.size()), page.keys().size());
      seen.addAll(keys(page.keys()));
      next = page.next();
      query = next.map(query::after).orElse(query);
    } while (next.isPresent());
    assertEquals(expected, seen);
  }

  @ParameterizedTest
  @EnumSource(By.class)
  void theFirstInAnyOrderAreFound(By by) {
    Random random = new Random(by.ordinal());
    Sample sample = Sample.random(random, 3_000);
    for (boolean descending : new boolean[] {false, true}) {
      KeyOrder order = new KeyOrder(by, descending);
      List<KeyInfo> expected = sample.all().stream().sorted(comparator(order)).toList();
      for (int limit : new int[] {1, 7, 500, 10_000}) {
        KeyQuery query =
            new KeyQuery(KeyFilter.ALL, order, Optional.empty(), OptionalInt.of(limit));
        for (KeyFinder finder : List.of(sample.finder(), sample.finder(threads, 3))) {
          KeyPage page = finder.page(query);
          assertEquals(
              expected.subList(0, Math.min(limit, expected.size())),
              page.keys().stream().toList(),
              order::toString);
          assertEquals(sample.all().size(), page.matching());
          assertEquals(order.isNatural() && limit < expected.size(), page.next().isPresent());
        }
      }
    }
  }

  private static Comparator<KeyInfo> comparator(KeyOrder order) {
    Comparator<KeyInfo> by = switch (order.by()) {
      case KEY -> Comparator.comparing(KeyInfo::key);
      case SIZE -> Comparator.comparingLong(KeyInfo::size);
      case TTL -> Comparator.comparingLong(key -> key.expiry().epochSecond());
      case IDLE -> Comparator.comparingLong(key -> -key.lastAccess());
    };
    Comparator<KeyInfo> directed = order.descending() ? by.reversed() : by;
    Comparator<KeyInfo> known = Comparator.comparing(key -> key.lastAccess() == KeyInfo.UNKNOWN);
    return (order.by() == By.IDLE ? known.thenComparing(directed) : directed)
        .thenComparing(KeyInfo::key);
  }

  @Test
  void usualOrdersStartWithTheMostInteresting() {
    Sample sample = new Sample().add("never").add("late", 300, 500).add("soon", 200, 5);
    assertEquals(List.of("late", "soon"), first(sample, By.SIZE));
    assertEquals(List.of("soon", "late"), first(sample, By.TTL));
    assertEquals(List.of("never", "late"), first(sample, By.IDLE));
    assertEquals(List.of("late", "never"), first(sample, By.KEY));
  }

  private static List<String> first(Sample sample, By by) {
    return names(sample
        .finder()
        .page(new KeyQuery(KeyFilter.ALL, KeyOrder.of(by), Optional.empty(), OptionalInt.of(2)))
        .keys());
  }

  @Test
  void everlastingKeysMatchNoTtlBound() {
    Sample sample = new Sample().add("never").add("minute", 60, 60).add("hour", 60, 3_600);
    assertEquals(List.of("minute"), found(sample, Optional.of(61), Optional.empty(), false));
    assertEquals(List.of(), found(sample, Optional.of(60), Optional.empty(), false));
    assertEquals(List.of("hour"), found(sample, Optional.empty(), Optional.of(60), false));
    assertEquals(List.of("never"), found(sample, Optional.empty(), Optional.empty(), true));
  }

  private static List<String> found(
      Sample sample, Optional<Integer> below, Optional<Integer> above, boolean never) {
    KeyCriteria traits = new KeyCriteria(
        OptionalLong.empty(),
        OptionalLong.empty(),
        below.map(Duration::ofSeconds),
        above.map(Duration::ofSeconds),
        never,
        Optional.empty());
    return names(sample.finder().page(KeyQuery.of(KeyFilter.ALL.with(traits))).keys());
  }

  @Test
  void unknownServerIsRejectedWithTheKnownOnes() {
    KeyQuery query = KeyQuery.of(KeyFilter.ALL.on("d:1"));
    KeyFinder finder = new Sample().finder();
    assertEquals(
        "server is \"d:1\", it must be one of a:1, b:1, c:1",
        assertThrows(IllegalArgumentException.class, () -> finder.page(query)).getMessage());
  }

  @RepeatedTest(2)
  void appsAddUpWhereverTheKeysAreCut(RepetitionInfo repetition) {
    Sample sample = Sample.random(new Random(repetition.getCurrentRepetition()), 3_000);
    Map<AppName, Long> keys = new TreeMap<>();
    Map<AppName, Long> bytes = new TreeMap<>();
    sample.all().forEach(key -> {
      keys.merge(AppName.of(key.key()), 1L, Long::sum);
      bytes.merge(AppName.of(key.key()), key.size(), Long::sum);
    });
    for (KeyFinder finder : List.of(sample.finder(), sample.finder(threads, 7))) {
      Map<AppName, KeySummary> apps = finder.apps();
      Map<AppName, Long> foundKeys = new TreeMap<>();
      Map<AppName, Long> foundBytes = new TreeMap<>();
      apps.forEach((app, totals) -> {
        foundKeys.put(app, totals.keys());
        foundBytes.put(app, totals.bytes());
        assertEquals(totals, finder.app(app));
      });
      assertEquals(keys, foundKeys);
      assertEquals(bytes, foundBytes);
      CopiesSummary summary = finder.summarizeCopies(KeyFilter.ALL, 2, 1);
      assertEquals(keys.size(), summary.totalApps());
      List<Long> most =
          keys.values().stream().sorted(Comparator.reverseOrder()).limit(2).toList();
      assertEquals(most, summary.apps().stream().map(AppCopies::copies).toList());
      summary.apps().forEach(app -> assertEquals(keys.get(app.app()), app.copies()));
      finder.registry(3).forEach(app -> {
        assertEquals(keys.get(app.app()), app.total());
        assertEquals(
            sample.all().stream()
                .map(KeyInfo::key)
                .filter(app.app()::owns)
                .limit(3)
                .toList(),
            keys(app.keys()));
      });
    }
  }

  @Test
  void missingAppDiffersFromNoMatch() {
    KeyFinder finder = new Sample().add("shop:1").finder();
    KeyQuery nothing = KeyQuery.matching(KeyPattern.of("nothing"));
    assertEquals(0, finder.page(new AppName("shop"), nothing).matching());
    assertThrows(AppNotFound.class, () -> finder.page(new AppName("sho"), nothing));
  }

  @Test
  void costlyPatternStopsAllParts() {
    Sample sample = Sample.random(new Random(1), 3_000).add("a".repeat(250));
    KeyQuery costly = KeyQuery.matching(KeyPattern.of("(.*a){25}(?!.)"));
    KeyFinder finder = sample.finder(threads, 3);
    assertThrows(PatternTooCostly.class, () -> finder.page(costly));
  }

  @Test
  void keysAreFoundThoughNobodyHelps() {
    Sample sample = Sample.random(new Random(1), 3_000);
    KeyFinder finder = sample.finder(task -> {}, 3);
    assertEquals(
        sample.all().size(),
        finder.page(KeyQuery.matching(KeyPattern.of("(?s)."))).matching());
    threads.shutdownNow();
    assertEquals(
        sample.all().size(),
        sample
            .finder(threads, 3)
            .page(KeyQuery.matching(KeyPattern.of("(?s).")))
            .matching());
  }

  @Test
  void foundKeysStayAfterTheirExpiry() {
    Sample sample = new Sample().add("minute", 60, 60);
    KeyPage page = sample.finder().page(KeyQuery.ALL);
    sample.clock.advance(Duration.ofMinutes(2));
    assertEquals(List.of("minute"), names(page.keys()));
    assertEquals(0, sample.finder().page(KeyQuery.ALL).total());
  }

  @Test
  void onlyChangesSelectCopies() {
    Sample sample = new Sample().add("k");
    KeyFinder finder = sample.finder();
    assertEquals(1, sum(finder.selectCopies(KeyFilter.ALL).countByServer()));
    finder.selectCopies(KeyFilter.ALL).visit(key -> assertEquals(Expiry.NEVER, key.expiry()));
  }

  @Test
  void answersTellHowMuchTheyAreWorth() {
    Sample sample = new Sample();
    assertEquals(new Freshness(sample.now(), List.of()), sample.finder().freshness());
    assertEquals(sample.finder().freshness(), sample.finder().page(KeyQuery.ALL).freshness());
    assertEquals(true, sample.finder().freshness().isComplete());
    assertEquals(false, new Freshness(sample.now(), List.of("b:1 is down")).isComplete());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}

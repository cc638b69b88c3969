package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
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
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.CopiesSummary.AppCopies;
import org.ocmcore.cache.domain.query.KeyOrder.By;

class KeyFinderTest extends KeyFinderFixture {
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
      case SERVER -> Comparator.comparingInt(key -> Sample.SERVERS.indexOf(key.server()));
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

  @Test
  void everlastingKeysMatchNoTtlBound() {
    Sample sample = new Sample().add("never").add("minute", 60, 60).add("hour", 60, 3_600);
    assertEquals(List.of("minute"), found(sample, Optional.of(61), Optional.empty(), false));
    assertEquals(List.of(), found(sample, Optional.of(60), Optional.empty(), false));
    assertEquals(List.of("hour"), found(sample, Optional.empty(), Optional.of(60), false));
    assertEquals(List.of("never"), found(sample, Optional.empty(), Optional.empty(), true));
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
      keys.merge(AppModel.DEFAULT.of(key.key()), 1L, Long::sum);
      bytes.merge(AppModel.DEFAULT.of(key.key()), key.size(), Long::sum);
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
                .filter(key -> AppModel.DEFAULT.owns(app.app(), key))
                .limit(3)
                .toList(),
            keys(app.keys()));
      });
    }
  }

  @Test
  void theRegistryOfAPatternHasTheFirstKeysOfEachApp() {
    Sample sample = new Sample();
    for (int i = 0; i < 3_000; i++) {
      sample.add("%04d:app%d".formatted(i, i * 7 % 300));
    }
    AppRule rule = AppRule.ofPattern("(app\\d+)");
    for (KeyFinder finder :
        List.of(sample.finder(rule, Runnable::run, 1), sample.finder(rule, threads, 7))) {
      List<AppKeys> registry = finder.registry(6);
      assertEquals(300, registry.size());
      for (AppKeys app : registry) {
        assertEquals(10, app.total());
        assertEquals(
            sample.all().stream()
                .map(KeyInfo::key)
                .filter(key -> key.toString().endsWith(":" + app.app()))
                .limit(6)
                .toList(),
            keys(app.keys()));
      }
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
  void answersStateTheirFreshness() {
    Sample sample = new Sample();
    assertEquals(new Freshness(sample.now(), List.of()), sample.finder().freshness());
    assertEquals(sample.finder().freshness(), sample.finder().page(KeyQuery.ALL).freshness());
    assertEquals(true, sample.finder().freshness().isComplete());
    assertEquals(false, new Freshness(sample.now(), List.of("b:1 is down")).isComplete());
  }
}

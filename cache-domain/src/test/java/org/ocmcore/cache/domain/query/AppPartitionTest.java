package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.TooManyApps;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.CopiesSummary.AppCopies;

/** Each key belongs to one app, whatever the rule, the keys and the number of threads. */
class AppPartitionTest extends KeyFinderFixture {
  static List<AppModel> models() {
    return List.of(
        AppModel.DEFAULT,
        AppModel.separators("/"),
        AppModel.separators(":/"),
        AppModel.separators("!/:"),
        AppModel.pattern("^:?([ab]+)"),
        AppModel.pattern("([^:]*)$"),
        AppModel.pattern("[/!](.).|(..)"),
        AppModel.pattern("^(.*)$"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void appsPartitionTheKeys(AppModel model) {
    for (int seed = 0; seed < 2; seed++) {
      Sample sample = Sample.random(new Random(seed), 400);
      Map<AppName, List<CacheKey>> expected = new TreeMap<>();
      sample
          .all()
          .forEach(key -> expected
              .computeIfAbsent(model.of(key.key()), app -> new ArrayList<>())
              .add(key.key()));
      for (int threads : List.of(1, 7)) {
        KeyFinder finder = sample.finder(model.rule(), this.threads, threads);
        Map<AppName, Long> counts = new TreeMap<>();
        finder.apps().forEach((app, totals) -> counts.put(app, totals.keys()));
        Map<AppName, Long> expectedCounts = new TreeMap<>();
        expected.forEach((app, keys) -> expectedCounts.put(app, (long) keys.size()));
        assertEquals(expectedCounts, counts);
        CopiesSummary summary = finder.summarizeCopies(KeyFilter.ALL, 10_000, 1);
        Map<AppName, Long> copies = new TreeMap<>();
        for (AppCopies app : summary.apps()) {
          copies.put(app.app(), app.copies());
        }
        assertEquals(expectedCounts, copies);
        assertEquals(expected.size(), summary.totalApps());
        Set<AppName> tried = new HashSet<>(List.of(new AppName("a:"), new AppName("aaa")));
        expected.keySet().stream().limit(15).forEach(tried::add);
        tried.add(AppName.GLOBAL);
        tried.forEach(
            app -> assertOwned(finder, model, sample, app, expected.getOrDefault(app, List.of())));
      }
    }
  }

  /** A deletion takes what {@code selectCopies} selects, a restore what {@code KeyMatcher} does. */
  private static void assertOwned(
      KeyFinder finder, AppModel model, Sample sample, AppName app, List<CacheKey> expected) {
    KeyFilter filter = KeyFilter.of(app);
    List<CacheKey> selected = new ArrayList<>();
    finder.selectCopies(filter).visit(key -> selected.add(key.key()));
    assertEquals(expected, selected, app::name);
    assertEquals(expected, keys(finder.page(KeyQuery.of(filter)).keys()));
    KeyMatcher matcher = new KeyMatcher(filter, model.rule(), sample.now());
    assertEquals(
        expected,
        sample.all().stream().filter(matcher::passes).map(KeyInfo::key).toList());
    if (!expected.isEmpty()) {
      assertEquals(expected.size(), finder.app(app).keys());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void analysisCountsTheLargestApps(AppModel model) {
    Sample sample = Sample.random(new Random(1), 2_000);
    Map<AppName, Long> keys = new TreeMap<>();
    sample.all().forEach(key -> keys.merge(model.of(key.key()), 1L, Long::sum));
    List<Long> most = keys.values().stream()
        .sorted((one, other) -> Long.compare(other, one))
        .limit(Analysis.TOP)
        .toList();
    Analysis analysis = sample.finder(model.rule(), threads, 5).analysis(KeyFilter.ALL);
    assertEquals(
        most, analysis.appsByKeys().stream().map(app -> app.amount().keys()).toList());
    analysis
        .appsByKeys()
        .forEach(app -> assertEquals(keys.get(app.app()), app.amount().keys()));
  }

  @Test
  void appsOfAPatternFitIntoMemory() {
    Sample sample = new Sample();
    sample.add(IntStream.rangeClosed(0, PatternAppAggregator.MAX_APPS)
        .mapToObj(Integer::toString)
        .toArray(String[]::new));
    KeyFinder finder = sample.finder(AppRule.ofPattern("^(.*)$"), threads, 1);
    assertThrows(TooManyApps.class, finder::apps);
    assertThrows(TooManyApps.class, () -> finder.analysis(KeyFilter.ALL));
    KeyFilter one = KeyFilter.of(new AppName("7"));
    assertEquals(1, finder.summarizeCopies(one, 1, 1).copies());
  }
}

package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.Analysis.Amount;
import org.ocmcore.cache.domain.query.Analysis.AppAmount;
import org.ocmcore.cache.domain.query.Analysis.SizeClass;
import org.ocmcore.cache.domain.query.Analysis.Spread;
import org.ocmcore.cache.domain.testing.Bench;

class AnalysisTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static Amount amount(List<KeyInfo> keys, Predicate<KeyInfo> wanted) {
    List<KeyInfo> some = keys.stream().filter(wanted).toList();
    return new Amount(some.size(), some.stream().mapToLong(KeyInfo::size).sum());
  }

  @RepeatedTest(10)
  void itIsWhatTheKeysSay(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Sample sample = Sample.random(random, 4_000);
    sample.clock.advance(Duration.ofMillis(random.nextInt(999)));
    assertAnalysis(sample, sample.all(), sample.finder().analysis(KeyFilter.ALL));
    assertAnalysis(sample, sample.all(), sample.finder(threads, 7).analysis(KeyFilter.ALL));
    List<KeyInfo> some = sample.all().stream()
        .filter(key -> AppModel.DEFAULT.owns(new AppName("a"), key.key()))
        .toList();
    assertAnalysis(
        sample, some, sample.finder(threads, 7).analysis(KeyFilter.of(new AppName("a"))));
  }

  @Test
  void keysOnSeveralServersAreCounted() {
    Bench bench = new Bench();
    bench.store("a", "v");
    bench.store("b", "v");
    bench.stray("b");
    bench.stray("c");
    Analysis analysis = bench.reader.fresh().analysis(KeyFilter.ALL);
    assertEquals(3, analysis.totals().keys());
    assertEquals(1, analysis.onSeveralServers().keys());
  }

  private static void assertAnalysis(Sample sample, List<KeyInfo> keys, Analysis analysis) {
    Amount all = amount(keys, key -> true);
    assertEquals(
        new RangeSummary(
            all.keys(), all.bytes(), amount(keys, key -> key.expiry().isNever()).keys()),
        analysis.totals());
    assertEquals(
        keys.stream()
            .sorted(Comparator.comparing(KeyInfo::size).reversed().thenComparing(KeyInfo::key))
            .limit(15)
            .toList(),
        analysis.largest().stream().toList());
    List<AppAmount> apps = apps(keys);
    assertEquals(first(apps, app -> app.amount().bytes()), analysis.appsByBytes());
    assertEquals(first(apps, app -> app.amount().keys()), analysis.appsByKeys());
    assertEquals(spread(keys, sample::ttl), analysis.ttl());
    assertEquals(spread(keys, sample::idle), analysis.idle());
    assertEquals(amount(keys, key -> !key.fetched()), analysis.neverFetched());
    assertEquals(
        IntStream.range(0, 60)
            .mapToObj(minute -> amount(
                keys,
                key -> sample.ttl(key).isPresent() && sample.ttl(key).getAsLong() / 60 == minute))
            .toList(),
        analysis.expiring());
    assertSizes(keys, analysis.sizes());
  }

  private static List<AppAmount> apps(List<KeyInfo> keys) {
    return keys.stream()
        .collect(Collectors.groupingBy(key -> AppModel.DEFAULT.of(key.key())))
        .entrySet()
        .stream()
        .map(app -> new AppAmount(app.getKey(), amount(app.getValue(), key -> true)))
        .toList();
  }

  private static List<AppAmount> first(List<AppAmount> apps, Function<AppAmount, Long> by) {
    return apps.stream()
        .sorted(Comparator.comparing(by).reversed().thenComparing(AppAmount::app))
        .limit(15)
        .toList();
  }

  private static Spread spread(List<KeyInfo> keys, Function<KeyInfo, OptionalLong> time) {
    List<Amount> under = new ArrayList<>();
    long from = Long.MIN_VALUE;
    for (Duration bound : Spread.BOUNDS) {
      under.add(within(keys, time, from, bound.toSeconds()));
      from = bound.toSeconds();
    }
    return new Spread(
        under,
        within(keys, time, from, Long.MAX_VALUE),
        amount(keys, key -> time.apply(key).isEmpty()));
  }

  private static Amount within(
      List<KeyInfo> keys, Function<KeyInfo, OptionalLong> time, long from, long below) {
    return amount(keys, key -> {
      OptionalLong seconds = time.apply(key);
      return seconds.isPresent() && seconds.getAsLong() >= from && seconds.getAsLong() < below;
    });
  }

  private static void assertSizes(List<KeyInfo> keys, List<SizeClass> sizes) {
    long from = sizes.get(0).from();
    for (SizeClass size : sizes) {
      assertEquals(from, size.from());
      assertEquals(Math.max(1, 2 * from), size.below());
      assertEquals(
          amount(keys, key -> key.size() >= size.from() && key.size() < size.below()),
          size.amount());
      from = size.below();
    }
    assertEquals(
        keys.size(), sizes.stream().mapToLong(size -> size.amount().keys()).sum());
  }

  @Test
  void noKeysAreNothing() {
    Analysis analysis = new Sample().finder().analysis(KeyFilter.ALL);
    assertEquals(new RangeSummary(0, 0, 0), analysis.totals());
    assertEquals(List.of(), analysis.appsByBytes());
    assertEquals(List.of(), analysis.sizes());
    assertEquals(60, analysis.expiring().size());
    assertEquals(0, analysis.largest().size());
  }

  @Test
  void anAppThatTakesManyPartsIsOne() {
    Sample sample = new Sample();
    Random random = new Random(1);
    for (int i = 0; i < 4_000; i++) {
      sample.add(sample.any(CacheKey.of("big:%05d".formatted(i)), random));
    }
    sample.add("a:1", "z:1", "loose");
    Analysis analysis = sample.finder(threads, 5).analysis(KeyFilter.ALL);
    assertEquals(
        List.of("big 4000", "a 1", "global 1", "z 1"),
        analysis.appsByKeys().stream()
            .map(app -> app.app() + " " + app.amount().keys())
            .toList());
  }
}

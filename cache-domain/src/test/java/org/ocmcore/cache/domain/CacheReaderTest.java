package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.NamedValues;
import org.ocmcore.cache.domain.named.ValueMemory;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.KeySummary;
import org.ocmcore.cache.domain.query.KeySummary.TtlSummary;
import org.ocmcore.cache.domain.query.MatchSummary;
import org.ocmcore.cache.domain.query.ValuePage;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.tracking.KeyTracker;

class CacheReaderTest {
  private final Bench bench = new Bench();
  private final CacheReader reader = bench.reader;

  private static final KeyPattern ANY = KeyPattern.of(".");

  private void store(String key, int valueBytes, long seconds) {
    bench.cache.store(
        CacheKey.of(key), CacheValue.of(new byte[valueBytes], 0), Lifetime.ofSeconds(seconds));
  }

  @Test
  void namedValuesSurviveAFailedServer() {
    bench.storeMany("k", 100);
    List<CacheKey> keys =
        IntStream.range(0, 101).mapToObj(i -> CacheKey.of("k" + i)).toList();
    List<CacheKey> lost = keys.stream()
        .filter(key -> bench.cache.place(key).server().equals("b:1"))
        .toList();
    bench.cache.takeDown("b:1");
    NamedValues named = reader.values(keys, ValueMemory.UNCOUNTED);
    assertEquals(lost, named.unread());
    assertEquals(
        List.of("b:1"), named.failures().stream().map(StoreUnavailable::server).toList());
    List<CacheKey> there = new ArrayList<>(keys.subList(0, 100));
    there.removeAll(lost);
    assertEquals(there, named.entries().stream().map(CacheEntry::key).toList());
    assertEquals(101, lost.size() + there.size() + named.absent().size());
  }

  @Test
  void aKeyIsReadWithValueAndExpiry() {
    store("k", 3, 60);
    CacheEntry entry = reader.read(CacheKey.of("k")).entry();
    assertEquals(CacheValue.of(new byte[3], 0), entry.value());
    assertEquals(Expiry.at(bench.clock.instant().plusSeconds(60)), entry.expiry());
  }

  @Test
  void aDownServerIsNotAMissingKey() {
    assertThrows(KeyNotFound.class, () -> reader.read(CacheKey.of("k")));
    bench.cache.takeDown(bench.cache.place(CacheKey.of("k")).server());
    assertThrows(StoreUnavailable.class, () -> reader.read(CacheKey.of("k")));
  }

  @Test
  void valuesAreTheFirstThatMatchInOrder() {
    bench.storeMany("k", 5);
    bench.store("other", "v");
    ValuePage page = values(KeyPattern.of("^k"), 3);
    assertEquals(
        List.of("k0", "k1", "k2"),
        page.entries().stream().map(entry -> entry.key().toString()).toList());
    assertEquals(5, page.matching());
    assertTrue(page.truncated());
    assertFalse(values(KeyPattern.of("^k"), 5).truncated());
  }

  @Test
  void aValueThatGoesMeanwhileIsLeftOut() {
    bench.storeMany("k", 3);
    bench.before("readAll", () -> bench.cache.delete(CacheKey.of("k1")));
    ValuePage page = values(ANY, 10);
    assertEquals(2, page.entries().size());
    assertEquals(3, page.matching());
    assertFalse(page.truncated());
  }

  @Test
  void valuesTakeAtMost32MebibytesAtOnce() {
    CacheValue large = CacheValue.of(new byte[1024 * 1024 - 100], 0);
    for (int i = 0; i < 40; i++) {
      bench.cache.store(CacheKey.of("k%02d".formatted(i)), large, Lifetime.FOREVER);
    }
    AtomicLong reads = new AtomicLong();
    bench.before("readAll", reads::incrementAndGet);
    ValuePage page = values(ANY, 100);
    assertEquals(32, page.entries().size());
    assertTrue(page.entries().stream().mapToLong(CacheEntry::size).sum() <= ValueMemory.MOST_BYTES);
    assertTrue(page.truncated());
    assertEquals(40, page.matching());
    assertEquals(8, reads.get());
  }

  @Test
  void totalsAddUpKeysBytesAndLifetimes() {
    store("app:minute", 0, 59);
    store("app:hour", 10, 3_599);
    store("app:day", 0, 86_399);
    store("app:later", 0, 86_400);
    bench.store("app:never", "");
    bench.store("other", "");
    KeySummary totals = summarize(KeyPattern.of("^app:"), 2).totals();
    assertEquals(5, totals.keys());
    assertEquals(5, totals.active());
    // 48 header + 8 CAS + NUL + CR LF, five times, the keys, and ten bytes of value.
    assertEquals(5 * 59 + 10 + 8 + 7 + 9 + 9 + 10, totals.bytes());
    assertEquals(new TtlSummary(1, 1, 1, 1, 1), totals.ttl());
    assertEquals(
        List.of(CacheKey.of("app:day"), CacheKey.of("app:hour")),
        summarize(KeyPattern.of("^app:"), 2).first().stream().map(KeyInfo::key).toList());
    assertEquals(totals, reader.known().app(new AppName("app")));
    assertEquals(0, summarize(KeyPattern.of("nothing"), 2).totals().keys());
  }

  @Test
  void appsAreCountedEach() {
    bench.storeMany("shop:", 3);
    bench.storeMany("blog:", 2);
    bench.store("loose", "v");
    var apps = reader.known().apps();
    assertEquals(Set.of(new AppName("blog"), AppName.GLOBAL, new AppName("shop")), apps.keySet());
    assertEquals(2, apps.get(new AppName("blog")).keys());
    assertEquals(3, apps.get(new AppName("shop")).keys());
    assertEquals(1, apps.get(AppName.GLOBAL).keys());
    assertEquals(2, reader.known().app(new AppName("blog")).keys());
    assertThrows(AppNotFound.class, () -> reader.known().app(new AppName("bl")));
  }

  @Test
  void registryShowsFirstKeysOfEachApp() {
    bench.storeMany("shop:", 3);
    bench.storeMany("blog:", 2);
    bench.store("loose", "v");
    bench.store(":odd", "v");
    assertEquals(
        List.of("blog 2 [blog:0, blog:1]", "global 2 [:odd, loose]", "shop 3 [shop:0, shop:1]"),
        registry(reader, 2));
    assertEquals(
        List.of("blog 2 [blog:0]", "global 2 [:odd]", "shop 3 [shop:0]"), registry(reader, 1));
    assertEquals(List.of(), registry(new Bench().reader, 1));
  }

  private static List<String> registry(CacheReader reader, int limit) {
    return reader.known().registry(limit).stream()
        .map(app -> "%s %d %s"
            .formatted(
                app.app(), app.total(), app.keys().stream().map(KeyInfo::key).toList()))
        .toList();
  }

  private ValuePage values(KeyPattern pattern, int limit) {
    return reader.values(
        reader.known().page(KeyQuery.matching(pattern).limitedTo(limit)), ValueMemory.UNCOUNTED);
  }

  private MatchSummary summarize(KeyPattern pattern, int limit) {
    return reader.known().summary(KeyFilter.matching(pattern), limit);
  }

  private KeyPage pageOf(AppName app, KeyPattern pattern) {
    return reader.known().page(app, KeyQuery.matching(pattern));
  }

  @Test
  void expiredKeysAreLeftOutEverywhere() {
    CacheReader late = readerWhoseWalksTakeAMinute();
    store("gone:1", 0, 30);
    store("app:1", 0, 30);
    store("app:2", 0, 300);
    AppName app = new AppName("app");
    assertEquals(1, late.known().page(KeyQuery.ALL).total());
    assertEquals(Set.of(app), late.known().apps().keySet());
    store("app:1", 0, 30);
    assertEquals(1, late.known().apps().get(app).keys());
    store("app:1", 0, 30);
    assertEquals(List.of("app 1 [app:2]"), registry(late, 5));
  }

  /** The walks of this reader's tracker end a minute after the servers have told their keys. */
  private CacheReader readerWhoseWalksTakeAMinute() {
    KeyTracker slow = bench.tracker(work -> {
      // Each of three servers is walked, and what was met is merged.
      work.run();
      bench.clock.advance(Duration.ofSeconds(10));
    });
    return bench.reader(slow, Runnable::run);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aRegistryShowsAtLeastOneKey(int limit) {
    bench.store("loose", "v");
    assertThrows(IllegalArgumentException.class, () -> reader.known().registry(limit));
  }

  @Test
  void theKeysOfAnAppAreSearchedApart() {
    bench.storeMany("shop:", 3);
    bench.store("blog:1", "v");
    AppName shop = new AppName("shop");
    KeyPage page = pageOf(shop, KeyPattern.of("1$"));
    assertEquals(1, page.matching());
    assertEquals(
        CacheKey.of("shop:1"), page.keys().stream().findFirst().orElseThrow().key());
    assertEquals(0, pageOf(shop, KeyPattern.of("nothing")).matching());
    assertThrows(AppNotFound.class, () -> pageOf(new AppName("sho"), ANY));
  }

  @Test
  void costlyPatternIsRejected() {
    bench.store("a".repeat(250), "v");
    KeyPattern costly = KeyPattern.of("(.*a){25}(?!.)");
    assertThrows(PatternTooCostly.class, () -> reader.known().page(KeyQuery.matching(costly)));
    assertThrows(PatternTooCostly.class, () -> values(costly, 1));
    assertThrows(PatternTooCostly.class, () -> summarize(costly, 1));
  }

  @Test
  void listingKeysFailsWhileAServerIsDown() {
    bench.cache.takeDown("b:1");
    assertThrows(StoreUnavailable.class, () -> reader.known().page(KeyQuery.ALL));
    assertThrows(StoreUnavailable.class, () -> values(ANY, 1));
    assertThrows(StoreUnavailable.class, () -> summarize(ANY, 1));
    assertThrows(StoreUnavailable.class, () -> reader.known().apps());
    assertThrows(StoreUnavailable.class, () -> reader.known().registry(1));
    assertThrows(StoreUnavailable.class, () -> reader.known().app(AppName.GLOBAL));
  }
}

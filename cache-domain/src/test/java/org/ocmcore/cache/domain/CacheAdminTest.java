package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.dump.RestoreRequest;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.testing.Bench;

class CacheAdminTest {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final CacheValue VALUE = CacheValue.ofText("v");
  private static final Lifetime HOUR = Lifetime.ofSeconds(3_600);
  private static final KeyPattern ANY = KeyPattern.of(".");
  private static final OptionalLong NO_LIMIT = OptionalLong.empty();

  private final Bench bench = new Bench();
  private final CacheAdmin admin = bench.admin;

  @Test
  void storingTellsWhetherTheKeyIsNew() {
    assertTrue(admin.store(KEY, VALUE, HOUR));
    assertFalse(admin.store(KEY, CacheValue.ofText("w"), Lifetime.FOREVER));
    assertEquals(Optional.of(CacheValue.ofText("w")), bench.cache.get(KEY));
    assertTrue(bench.cache.read(KEY).orElseThrow().expiry().isNever());
  }

  @Test
  void aSingleKeyIsRefreshedAndDeleted() {
    admin.store(KEY, VALUE, Lifetime.FOREVER);
    admin.refresh(KEY, HOUR);
    assertEquals(
        Optional.of(Duration.ofHours(1)),
        bench.cache.read(KEY).orElseThrow().expiry().remaining(bench.clock.instant()));
    admin.delete(KEY);
    assertEquals(Optional.empty(), bench.cache.get(KEY));
  }

  @Test
  void aMissingKeyIsNotFound() {
    assertThrows(KeyNotFound.class, () -> admin.refresh(KEY, HOUR));
    assertThrows(KeyNotFound.class, () -> admin.delete(KEY));
    bench.cache.takeDown(bench.cache.place(KEY).server());
    assertThrows(StoreUnavailable.class, () -> admin.delete(KEY));
  }

  @Test
  void deletingTheKeysThatMatchLeavesTheOthers() {
    bench.storeMany("old:", 2_500);
    bench.store("new:1", "v");
    assertEquals(2_500, admin.deleteMatching(KeyPattern.of("^old:"), NO_LIMIT));
    assertEquals(Set.of(CacheKey.of("new:1")), bench.cache.keys());
    assertEquals(0, admin.deleteMatching(KeyPattern.of("^old:"), NO_LIMIT));
  }

  @Test
  void refreshingTheKeysThatMatchLeavesTheOthers() {
    bench.storeMany("old:", 3);
    bench.store("new:1", "v");
    assertEquals(3, admin.refreshMatching(KeyPattern.of("^old:"), HOUR, NO_LIMIT));
    assertTrue(bench.cache.read(CacheKey.of("new:1")).orElseThrow().expiry().isNever());
    assertFalse(bench.cache.read(CacheKey.of("old:1")).orElseThrow().expiry().isNever());
  }

  @Test
  void nothingIsChangedIfMoreKeysMatchThanAllowed() {
    bench.storeMany("k", 3);
    OptionalLong two = OptionalLong.of(2);
    assertEquals(
        3, assertThrows(TooManyKeys.class, () -> admin.deleteMatching(ANY, two)).matched());
    assertThrows(TooManyKeys.class, () -> admin.refreshMatching(ANY, HOUR, two));
    assertEquals(3, bench.cache.keys().size());
    assertTrue(bench.cache.read(CacheKey.of("k1")).orElseThrow().expiry().isNever());
    assertEquals(3, admin.deleteMatching(ANY, OptionalLong.of(3)));
  }

  @Test
  void nothingIsChangedIfThePatternIsTooCostly() {
    bench.store("a", "v");
    bench.store("a".repeat(250), "v");
    KeyPattern costly = KeyPattern.of("(.*a){25}(?!.)|a");
    assertThrows(PatternTooCostly.class, () -> admin.deleteMatching(costly, NO_LIMIT));
    assertEquals(2, bench.cache.keys().size());
  }

  @Test
  void strayCopiesAreWorkedOnAsWell() {
    bench.store("k", "v");
    String elsewhere = bench.stray("k");
    assertEquals(2, admin.preview(ANY, NO_LIMIT).keys());
    assertEquals(List.of(KEY), admin.preview(ANY, NO_LIMIT).sample());
    assertEquals(2, admin.refreshMatching(ANY, HOUR, NO_LIMIT));
    assertEquals(2, admin.deleteMatching(ANY, NO_LIMIT));
    assertEquals(Set.of(), bench.cache.keysOn(elsewhere));
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void aPreviewCountsAndShowsTheFirstAndChangesNothing() {
    bench.storeMany("k", 30);
    CacheAdmin.Preview preview = admin.preview(ANY, NO_LIMIT);
    assertEquals(30, preview.keys());
    // 48 header + 8 CAS + key + NUL + one byte of value + CR LF.
    assertEquals(10 * 62 + 20 * 63, preview.bytes());
    assertEquals(CacheAdmin.SAMPLE, preview.sample().size());
    assertEquals(CacheKey.of("k0"), preview.sample().get(0));
    assertEquals(30, bench.cache.keys().size());
  }

  @Test
  void deletingAnAppLeavesTheOthers() {
    bench.storeMany("shop:", 3);
    bench.store("shop", "v");
    bench.store("shop2:1", "v");
    bench.stray("shop:1");
    assertEquals(new CacheAdmin.Cleared(4, 4), admin.deleteApp(new AppName("shop")));
    assertEquals(Set.of(CacheKey.of("shop"), CacheKey.of("shop2:1")), bench.cache.keys());
    assertThrows(AppNotFound.class, () -> admin.deleteApp(new AppName("shop")));
    assertEquals(new CacheAdmin.Cleared(1, 1), admin.deleteApp(AppName.GLOBAL));
  }

  @Test
  void keysThatGoMeanwhileAreNotCountedAsDeleted() {
    bench.storeMany("shop:", 3);
    bench.before("deleteAll", () -> bench.cache.delete(CacheKey.of("shop:1")));
    assertEquals(new CacheAdmin.Cleared(2, 3), admin.deleteApp(new AppName("shop")));
  }

  @Test
  void aServerThatFailsMidwayIsToldWithWhatWasDone() {
    assertIncomplete("deleteAll", () -> admin.deleteMatching(ANY, NO_LIMIT));
    assertIncomplete("refreshAll", () -> admin.refreshMatching(ANY, HOUR, NO_LIMIT));
    assertIncomplete("deleteAll", () -> admin.deleteApp(new AppName("k")));
  }

  private void assertIncomplete(String operation, Supplier<?> work) {
    bench.cache.bringBack("b:1");
    bench.cache.clear();
    bench.storeMany("k:", 2_500);
    List<CacheKey> inOrder = bench.cache.keys().stream().sorted().toList();
    long answering = inOrder.subList(1_000, 2_000).stream()
        .filter(key -> !bench.cache.place(key).server().equals("b:1"))
        .count();
    AtomicInteger calls = new AtomicInteger();
    bench.before(operation, () -> {
      if (calls.incrementAndGet() == 2) {
        bench.cache.takeDown("b:1");
      }
    });
    BulkIncomplete failure = assertThrows(BulkIncomplete.class, work::get);
    assertEquals(1_000 + answering, failure.done());
    assertEquals(2_500, failure.matched());
    assertTrue(failure.getMessage().contains("b:1"), failure.getMessage());
    assertEquals(2, calls.get());
    assertTrue(bench.cache.keys().containsAll(inOrder.subList(2_000, 2_500)));
  }

  @Test
  void nothingIsChangedIfAServerCannotBeWalked() {
    bench.storeMany("k", 10);
    int keys = bench.cache.keys().size();
    bench.cache.takeDown("b:1");
    assertThrows(StoreUnavailable.class, () -> admin.deleteMatching(ANY, NO_LIMIT));
    assertThrows(StoreUnavailable.class, () -> admin.deleteApp(AppName.GLOBAL));
    bench.cache.bringBack("b:1");
    assertEquals(keys, bench.cache.keys().size());
  }

  @Test
  void clearingRemovesEverything() {
    bench.storeMany("k", 10);
    admin.clear();
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void dumpsAreMadeAndRestored() {
    bench.store("k", "v");
    assertEquals(1, admin.dump().dump().entries());
    admin.clear();
    assertEquals(1, admin.restore(RestoreRequest.MISSING).restored());
    assertEquals(Optional.of(VALUE), bench.cache.get(KEY));
  }

  @Test
  void autoDumpIsStartedRetimedAndStopped() {
    assertEquals(Duration.ofSeconds(60), admin.startAutoDump().interval());
    assertEquals(
        Duration.ofSeconds(5), admin.startAutoDump(Duration.ofSeconds(5)).interval());
    assertTrue(admin.retimeAutoDump(Duration.ofSeconds(7)).running());
    assertFalse(admin.stopAutoDump().running());
  }

  @Test
  void managementIsAllowedInDevelopment() {
    assertDoesNotThrow(admin::requireAllowed);
  }
}

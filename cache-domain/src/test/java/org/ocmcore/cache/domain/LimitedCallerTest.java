package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.dump.DumpPage;
import org.ocmcore.cache.domain.dump.ListedDump;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.JobNotFound;
import org.ocmcore.cache.domain.error.OutsideApps;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.error.RoleRequired;
import org.ocmcore.cache.domain.error.TooManyKeys;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.StoreRequest;
import org.ocmcore.cache.domain.named.ValueMemory;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.KeyOrder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.Level;
import org.ocmcore.cache.domain.query.LevelQuery;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.testing.Bench;

/** A caller who is limited to some apps sees no trace of the others. */
class LimitedCallerTest {
  private static final AppName SHOP = new AppName("shop");
  private static final AppName BANK = new AppName("bank");
  private static final Caller SELLER =
      new Caller("seller", Role.OPERATOR, AppScope.of(Set.of(SHOP)), "");
  private static final Caller BOTH =
      new Caller("both", Role.OPERATOR, AppScope.of(Set.of(SHOP, AppName.GLOBAL)), "");
  private static final KeyPattern ANY = KeyPattern.of(".");

  private final Bench bench = new Bench();
  private final CacheReader reader = bench.reader.as(SELLER, Requester.PATIENT);
  private final CacheAdmin admin = bench.admin.as(SELLER, Requester.PATIENT);

  @BeforeEach
  void fill() {
    bench.storeMany("bank:", 30);
    bench.storeMany("shop:a:", 20);
    bench.store("shop:b", "v");
    bench.store("shop", "of no app");
    bench.store("shopping:1", "v");
  }

  private static List<String> names(FoundKeys keys) {
    List<String> names = new ArrayList<>();
    keys.visit(key -> names.add(key.key().toString()));
    return names;
  }

  private void assertOnlyShop(KeyPage page) {
    assertEquals(21, page.total());
    assertEquals(21, page.matching());
    List<String> names = names(page.keys());
    assertTrue(names.stream().allMatch(name -> name.startsWith("shop:")), names::toString);
  }

  @Test
  void listsAndPatternsHaveItsKeysOnly() {
    for (KeyFinder finder : List.of(reader.known(), reader.fresh())) {
      assertOnlyShop(finder.page(KeyQuery.ALL));
      assertOnlyShop(finder.page(KeyQuery.matching(ANY)));
      assertOnlyShop(finder.page(new KeyQuery(
          KeyFilter.ALL, KeyOrder.of(KeyOrder.By.SIZE), Optional.empty(), OptionalInt.of(100))));
      assertEquals(21, finder.summary(KeyFilter.matching(ANY), 5).totals().keys());
      assertEquals(21, finder.analysis(KeyFilter.ALL).totals().keys());
      assertEquals(0, finder.page(KeyQuery.of(BANK)).matching());
      assertEquals(0, finder.page(KeyQuery.matching(KeyPattern.of("^bank:"))).matching());
    }
  }

  @Test
  void pagesFollowEachOtherWithinItsKeys() {
    KeyFinder finder = bench.reader.as(BOTH, Requester.PATIENT).known();
    List<String> all = new ArrayList<>();
    Optional<CacheKey> after = Optional.empty();
    do {
      KeyPage page =
          finder.page(new KeyQuery(KeyFilter.ALL, KeyOrder.NATURAL, after, OptionalInt.of(4)));
      all.addAll(names(page.keys()));
      after = page.next();
    } while (after.isPresent());
    assertEquals(22, all.size());
    assertEquals(22, Set.copyOf(all).size());
    assertTrue(all.contains("shop"));
  }

  @Test
  void appsAndTheTreeHaveItsKeysOnly() {
    KeyFinder finder = reader.known();
    assertEquals(Set.of(SHOP), finder.apps().keySet());
    assertEquals(1, finder.registry(5).size());
    assertThrows(AppNotFound.class, () -> finder.app(BANK));
    Level top =
        finder.level(new LevelQuery(KeyBytes.NONE, KeyBytes.of(":"), LevelQuery.Order.NAME, 100));
    assertEquals(1, top.children().size());
    assertEquals(21, top.totals().keys());
    Level byLetter =
        finder.level(new LevelQuery(KeyBytes.NONE, KeyBytes.of("o"), LevelQuery.Order.NAME, 100));
    assertEquals(21, byLetter.totals().keys());
    Level foreign = finder.level(
        new LevelQuery(KeyBytes.of("bank:"), KeyBytes.of(":"), LevelQuery.Order.NAME, 100));
    assertEquals(0, foreign.totals().keys());
  }

  @Test
  void theTreeOfSeveralAppsAddsUpEachName() {
    KeyFinder finder = bench.reader.as(BOTH, Requester.PATIENT).known();
    Level top =
        finder.level(new LevelQuery(KeyBytes.NONE, KeyBytes.of(":"), LevelQuery.Order.NAME, 100));
    assertEquals(22, top.totals().keys());
    assertEquals(1, top.children().size());
    Level shop = finder.level(
        new LevelQuery(KeyBytes.of("shop:"), KeyBytes.of(":"), LevelQuery.Order.NAME, 100));
    assertEquals(
        List.of(20L, 1L),
        shop.children().stream().map(child -> child.sums().keys()).toList());
  }

  @Test
  void theStatusCountsItsKeysOnly() {
    CacheStatus status = reader.status();
    assertEquals(21, status.totalKeys());
    assertEquals(List.of(), status.tracking());
    assertTrue(status.servers().stream().allMatch(server -> server.isUp()));
    assertTrue(status.servers().stream().allMatch(server -> server.stats().isEmpty()));
  }

  @Test
  void namedKeysOfOthersAreRefused() {
    CacheKey foreign = CacheKey.of("bank:1");
    CacheKey absent = CacheKey.of("bank:none");
    Lifetime hour = Lifetime.ofSeconds(3_600);
    for (CacheKey key : List.of(foreign, absent)) {
      for (Executable call : List.<Executable>of(
          () -> reader.read(key),
          () -> reader.values(List.of(CacheKey.of("shop:b"), key), ValueMemory.UNCOUNTED),
          () -> admin.delete(key, Precondition.NONE),
          () -> admin.refresh(key, hour),
          () -> admin.store(
              new StoreRequest(key, CacheValue.ofText("w"), true, Optional.of(hour)),
              bytes -> fail("the size of a foreign key may be told")),
          () -> admin.change(BulkChange.DELETE, List.of(CacheKey.of("shop:b"), key)))) {
        assertThrows(OutsideApps.class, call);
      }
    }
    assertEquals(Optional.of(CacheValue.ofText("v")), bench.cache.get(CacheKey.of("shop:b")));
    assertTrue(bench.cache.get(foreign).isPresent());
    admin.delete(CacheKey.of("shop:b"), Precondition.NONE);
  }

  @Test
  void changesByPatternTouchItsKeysOnly() {
    BulkRequest all = new BulkRequest(BulkChange.DELETE, KeyFilter.matching(ANY));
    assertEquals(21, admin.preview(all).summary().copies());
    TooManyKeys refusal =
        assertThrows(TooManyKeys.class, () -> admin.change(all.atMost(OptionalLong.of(3))));
    assertEquals(21, refusal.matched());
    assertEquals(21, admin.change(all).sum(ServerBulkAccount::done));
    assertEquals(32, bench.cache.keys().size());
    assertThrows(OutsideApps.class, () -> admin.deleteApp(BANK));
    assertThrows(OutsideApps.class, () -> admin.startDeleteApp(new AppName("none")));
  }

  @Test
  void thePlanOfAnotherIsUnknown() {
    BulkRequest all = new BulkRequest(BulkChange.DELETE, KeyFilter.matching(ANY));
    String plan = bench.admin.preview(all).plan();
    assertThrows(PlanNotFound.class, () -> admin.planned(plan));
    String own = admin.preview(all).plan();
    assertThrows(PlanNotFound.class, () -> bench.admin.planned(own));
    assertEquals(21, admin.change(admin.planned(own)).sum(ServerBulkAccount::done));
  }

  @Test
  void whatConcernsAllAppsIsRefused() {
    assertEquals(Set.of(Operation.MANAGE), admin.operations());
    bench.admin.dump();
    String name = bench.reader.dumps().get(0).name();
    for (Executable call : List.<Executable>of(
        () -> admin.clear(true),
        () -> admin.dump(),
        () -> admin.startDump(),
        () -> admin.deleteDump(name, Optional.empty()),
        () -> admin.dumpBytes(name),
        () -> admin.startAutoDump(),
        () -> admin.startAutoDump(Duration.ofSeconds(9)),
        () -> admin.retimeAutoDump(Duration.ofSeconds(9)),
        () -> admin.stopAutoDump(),
        () -> reader.dump(name))) {
      assertThrows(OutsideApps.class, call);
    }
    assertEquals(53, bench.cache.keys().size());
  }

  @Test
  void dumpsShowItsKeysOnly() {
    bench.admin.dump();
    ListedDump dump = reader.dumps().get(0);
    assertEquals(OptionalLong.empty(), dump.entries());
    assertEquals(OptionalLong.empty(), dump.bytes());
    List<String> names = new ArrayList<>();
    long from = 0;
    for (boolean more = true; more; ) {
      DumpPage page = reader.dumpKeys(dump.name(), KeyFilter.ALL, from, 10);
      assertEquals(OptionalLong.empty(), page.total());
      page.keys().forEach(key -> names.add(key.key().toString()));
      assertEquals(page.next().orElse(names.size()), names.size());
      more = page.next().isPresent();
      from = page.next().orElse(0);
    }
    assertEquals(21, names.size());
    assertTrue(names.stream().allMatch(key -> key.startsWith("shop:")));
    assertEquals(Optional.empty(), reader.autoDump().lastDump());
  }

  @Test
  void diffsAndRestoresConcernItsKeysOnly() {
    bench.admin.dump();
    String name = bench.reader.dumps().get(0).name();
    bench.store("bank:0", "changed");
    bench.store("bank:new", "v");
    bench.store("shop:b", "changed");
    bench.store("shop:new", "v");
    DumpDiff diff = reader.diff(name, 10);
    assertEquals(20, diff.same());
    assertEquals(1, diff.changed().count());
    assertEquals(List.of(CacheKey.of("shop:new")), diff.onlyLive().first());
    bench.admin.clear(true);
    RestoreAccount restored = admin.restore(RestoreRequest.MISSING);
    assertEquals(21, restored.restored());
    assertTrue(restored.skipped().isEmpty(), restored.skipped()::toString);
    assertEquals(21, bench.cache.keys().size());
  }

  @Test
  void whichServersAreColdIsNotTold() {
    bench.admin.dump();
    RestoreRequest cold = RestoreRequest.MISSING.ontoCold();
    assertThrows(OutsideApps.class, () -> admin.restore(cold));
    assertThrows(OutsideApps.class, () -> admin.startRestore(cold));
    assertEquals(0, bench.admin.restore(cold).restored());
  }

  @Test
  void jobsOfOthersDoNotExist() {
    Job foreign = bench.admin.startDump();
    Job own = admin.startChange(new BulkRequest(BulkChange.DELETE, KeyFilter.matching(ANY)));
    assertEquals(List.of(own), reader.jobs());
    assertEquals(own, reader.job(own.id()));
    assertEquals("seller", own.owner().name());
    assertThrows(JobNotFound.class, () -> reader.job(foreign.id()));
    assertThrows(JobNotFound.class, () -> admin.cancel(foreign.id()));
    assertFalse(foreign.snapshot().cancelRequested());
    assertEquals(2, bench.reader.jobs().size());
  }

  @Test
  void viewersSeeNoValue() {
    CacheReader viewer =
        bench.reader.as(new Caller("v", Role.VIEWER, AppScope.ALL, ""), Requester.PATIENT);
    KeyPage page = viewer.known().page(KeyQuery.ALL.limitedTo(3));
    for (Executable call : List.<Executable>of(
        () -> viewer.read(CacheKey.of("shop:b")),
        () -> viewer.values(List.of(CacheKey.of("shop:b")), ValueMemory.UNCOUNTED),
        () -> viewer.values(page, ValueMemory.UNCOUNTED),
        () -> viewer.values(page.keys(), ValueMemory.UNCOUNTED))) {
      assertEquals("reader", assertThrows(RoleRequired.class, call).role());
    }
    assertEquals(53, viewer.status().totalKeys());
  }
}

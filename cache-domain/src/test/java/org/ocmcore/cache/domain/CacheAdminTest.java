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
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.ConfirmationRequired;
import org.ocmcore.cache.domain.error.KeyNotFound;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.error.RoleRequired;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.StoreReceipt;
import org.ocmcore.cache.domain.named.StoreRequest;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.testing.Bench;

class CacheAdminTest {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final CacheValue VALUE = CacheValue.ofText("v");
  private static final Lifetime HOUR = Lifetime.ofSeconds(3_600);
  private static final KeyPattern ANY = KeyPattern.of(".");
  private static final OptionalLong NO_LIMIT = OptionalLong.empty();

  private final Bench bench = new Bench();
  private final CacheAdmin admin = bench.admin;

  private StoreReceipt store(CacheValue value, Lifetime lifetime) {
    return admin.store(new StoreRequest(KEY, value, false, Optional.of(lifetime)), bytes -> {});
  }

  @Test
  void storingReportsWhetherTheKeyIsNew() {
    assertTrue(store(VALUE, HOUR).isNew());
    assertFalse(store(CacheValue.ofText("w"), Lifetime.FOREVER).isNew());
    assertEquals(Optional.of(CacheValue.ofText("w")), bench.cache.get(KEY));
    assertTrue(bench.cache.read(KEY).orElseThrow().expiry().isNever());
  }

  @Test
  void aSingleKeyIsRefreshedAndDeleted() {
    store(VALUE, Lifetime.FOREVER);
    admin.refresh(KEY, HOUR);
    assertEquals(
        Optional.of(Duration.ofHours(1)),
        bench.cache.read(KEY).orElseThrow().expiry().remaining(bench.clock.instant()));
    admin.delete(KEY, Precondition.NONE);
    assertEquals(Optional.empty(), bench.cache.get(KEY));
  }

  @Test
  void aMissingKeyIsNotFound() {
    assertThrows(KeyNotFound.class, () -> admin.refresh(KEY, HOUR));
    assertThrows(KeyNotFound.class, () -> admin.delete(KEY, Precondition.NONE));
    bench.cache.takeDown(bench.cache.place(KEY).server());
    assertThrows(StoreUnavailable.class, () -> admin.delete(KEY, Precondition.NONE));
  }

  @Test
  void keysThatMatchAreChangedInAnyNumber() {
    bench.storeMany("old:", 3);
    bench.store("new:1", "v");
    BulkRequest refresh = new BulkRequest(
        new BulkChange.Refresh(HOUR, 0), KeyFilter.matching(KeyPattern.of("^old:")));
    assertEquals(3, admin.preview(refresh).summary().copies());
    assertEquals(3, admin.change(refresh).sum(ServerBulkAccount::done));
    assertFalse(bench.cache.read(CacheKey.of("old:1")).orElseThrow().expiry().isNever());
    assertEquals(
        2,
        admin
            .change(BulkChange.DELETE, List.of(CacheKey.of("old:1"), CacheKey.of("new:1")))
            .sum(ServerBulkAccount::done));
    assertEquals(Set.of(CacheKey.of("old:0"), CacheKey.of("old:2")), bench.cache.keys());
  }

  @Test
  void deletingAnAppLeavesTheOthers() {
    bench.storeMany("shop:", 3);
    bench.store("shop", "v");
    bench.store("shop2:1", "v");
    bench.stray("shop:1");
    assertEquals(4, admin.deleteApp(new AppName("shop")).sum(ServerBulkAccount::done));
    assertEquals(Set.of(CacheKey.of("shop"), CacheKey.of("shop2:1")), bench.cache.keys());
    assertThrows(AppNotFound.class, () -> admin.deleteApp(new AppName("shop")));
    assertEquals(1, admin.deleteApp(AppName.GLOBAL).sum(ServerBulkAccount::done));
  }

  @Test
  void clearingRemovesEverything() {
    bench.storeMany("k", 10);
    admin.clear(false);
    assertEquals(Set.of(), bench.cache.keys());
  }

  @Test
  void clearingIsConfirmedWhereThePolicyAsksForIt() {
    bench.storeMany("k", 10);
    CacheAdmin asking = bench.admin(new ManagementPolicy(Environment.DEVELOPMENT, Set.of(), true));
    assertThrows(ConfirmationRequired.class, () -> asking.clear(false));
    assertEquals(10, bench.cache.keys().size());
    asking.clear(true);
    assertEquals(Set.of(), bench.cache.keys());
    bench.storeMany("k", 10);
    CacheAdmin production =
        bench.admin(new ManagementPolicy(Environment.PRODUCTION, Set.of(), true));
    assertThrows(ManagementForbidden.class, () -> production.clear(true));
    assertEquals(10, bench.cache.keys().size());
  }

  @Test
  void dumpsAreMadeAndRestored() {
    bench.store("k", "v");
    assertEquals(1, admin.dump().dump().entries());
    admin.clear(false);
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
  void everythingIsAllowedInDevelopment() {
    assertEquals(Set.of(Operation.values()), admin.operations());
    for (Operation operation : Operation.values()) {
      assertDoesNotThrow(() -> admin.requireAllowed(operation, "GET /"));
    }
  }

  @Test
  void productionAllowsWhatItIsSetTo() {
    bench.store("k", "v");
    CacheAdmin dumping =
        bench.admin(new ManagementPolicy(Environment.PRODUCTION, Set.of(Operation.DUMP), false));
    assertEquals(Set.of(Operation.DUMP), dumping.operations());
    String name = dumping.dump().dump().name();
    dumping.cancel(dumping.startDump().id());
    assertTrue(dumping.startAutoDump().running());
    assertThrows(ManagementForbidden.class, () -> dumping.delete(KEY, Precondition.NONE));
    assertThrows(ManagementForbidden.class, () -> dumping.dumpBytes(name));
    assertThrows(ManagementForbidden.class, () -> dumping.deleteDump(name, Optional.empty()));
    String job = admin.startDeleteApp(new AppName("shop")).id();
    assertThrows(ManagementForbidden.class, () -> dumping.cancel(job));
    CacheAdmin managing =
        bench.admin(new ManagementPolicy(Environment.PRODUCTION, Set.of(Operation.MANAGE), false));
    managing.delete(KEY, Precondition.NONE);
    assertThrows(ManagementForbidden.class, managing::dump);
    managing.cancel(job);
    CacheAdmin reading =
        managing.as(new Caller("r", Role.READER, AppScope.ALL, ""), Requester.PATIENT);
    assertEquals(Set.of(), reading.operations());
    assertThrows(RoleRequired.class, () -> reading.delete(KEY, Precondition.NONE));
  }
}

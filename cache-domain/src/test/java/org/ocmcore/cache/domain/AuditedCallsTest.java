package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AppNotFound;
import org.ocmcore.cache.domain.error.AuditUnavailable;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.OutsideApps;
import org.ocmcore.cache.domain.error.RoleRequired;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.Excerpt;
import org.ocmcore.cache.domain.named.StoreRequest;
import org.ocmcore.cache.domain.named.ValueMemory;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.testing.Bench;

/** Each call to change something is an entry of the audit log. */
class AuditedCallsTest {
  private static final Caller ANNA =
      new Caller("anna", Role.OPERATOR, AppScope.of(Set.of(new AppName("shop"))), "10.0.0.7");
  private static final BulkRequest SHOP =
      new BulkRequest(BulkChange.DELETE, KeyFilter.matching(KeyPattern.of("^shop:")));

  private final Bench bench = new Bench();
  private final CacheAdmin admin = bench.admin.as(ANNA, Requester.PATIENT);
  private final CacheAdmin whole =
      bench.admin.as(new Caller("otto", Role.OPERATOR, AppScope.ALL, "::1"), Requester.PATIENT);

  private AuditEntry expect(String operation, String target, Outcome outcome) {
    AuditEntry entry = bench.audit.last();
    assertEquals(operation, entry.operation());
    assertEquals(target, entry.target());
    assertEquals(outcome, entry.outcome());
    return entry;
  }

  private static void expectCounts(long matched, long done, AuditEntry entry) {
    assertEquals(OptionalLong.of(matched), entry.matched());
    assertEquals(OptionalLong.of(done), entry.done());
  }

  @Test
  void changesOfAKeySayWhoFromWhereAndWhat() {
    CacheKey key = CacheKey.of("shop:1");
    admin.store(
        new StoreRequest(key, CacheValue.ofText("secret"), false, Optional.of(Lifetime.FOREVER)),
        bytes -> {});
    AuditEntry entry = expect("store", "key 'shop:1'", Outcome.DONE);
    assertEquals("anna", entry.caller());
    assertEquals("operator", entry.role());
    assertEquals("10.0.0.7", entry.address());
    assertEquals(bench.clock.instant(), entry.at());
    admin.refresh(key, Lifetime.ofSeconds(60));
    expect("refresh", "key 'shop:1'; timeout 60", Outcome.DONE);
    admin.delete(key, Precondition.NONE);
    expectCounts(1, 1, expect("delete", "key 'shop:1'", Outcome.DONE));
    assertEquals(3, bench.audit.entries.size());
    assertFalse(bench.audit.entries.toString().contains("secret"));
  }

  @Test
  void changesOfManyKeysSayFilterAndCounts() {
    bench.storeMany("shop:", 20);
    String plan = admin.preview(SHOP).plan();
    String filter = "keys with pattern '^shop:', of the apps shop";
    expectCounts(20, 0, expect("preview-delete-matching", filter, Outcome.DONE));
    admin.planned(plan);
    expect("plan", "plan " + plan, Outcome.DONE);
    admin.change(BulkChange.DELETE, List.of(CacheKey.of("shop:0"), CacheKey.of("shop:x")));
    expect("delete-keys", "keys 'shop:0', 'shop:x'", Outcome.DONE);
    admin.change(SHOP);
    expect("delete-matching", filter, Outcome.DONE);
    assertThrows(AppNotFound.class, () -> admin.deleteApp(new AppName("shop")));
    assertEquals(
        "AppNotFound", expect("delete-app", "app 'shop'", Outcome.FAILED).failure());
    whole.clear(true);
    expect("clear", "", Outcome.DONE);
  }

  @Test
  void aStartedJobIsAnotherEntryWhenItEnds() {
    bench.storeMany("shop:", 20);
    Job job = admin.startChange(SHOP);
    AuditEntry started = bench.audit.entries.get(0);
    assertEquals(Outcome.STARTED, started.outcome());
    assertEquals(job.id(), started.job());
    bench.executor.runAll();
    AuditEntry ended = expect("delete-matching", started.target(), Outcome.DONE);
    expectCounts(20, 20, ended);
    assertEquals(job.id(), ended.job());
    assertEquals("10.0.0.7", ended.address());
    assertEquals(2, bench.audit.entries.size());
  }

  @Test
  void aCancelledJobIsRecordedAsFailed() {
    bench.storeMany("shop:", 20);
    Job job = admin.startChange(SHOP);
    bench.audit.isWritable = false;
    admin.cancel(job.id());
    bench.executor.runAll();
    assertEquals(3, bench.audit.entries.size());
    assertTrue(bench.audit.entries.stream()
        .anyMatch(entry -> entry.operation().equals("cancel")
            && entry.outcome() == Outcome.DONE
            && entry.target().equals("job " + job.id())));
    assertTrue(bench.audit.entries.stream()
        .anyMatch(entry -> entry.failure().equals("Cancelled") && entry.job().equals(job.id())));
  }

  @Test
  void refusalsSayWhy() {
    assertThrows(OutsideApps.class, () -> admin.delete(CacheKey.of("bank:1"), Precondition.NONE));
    AuditEntry entry = expect("delete", "key 'bank:1'", Outcome.REFUSED);
    assertEquals("OutsideApps", entry.failure());
    assertTrue(entry.message().contains("anna"), entry.message());
    assertThrows(OutsideApps.class, admin::dump);
    expect("dump", "", Outcome.REFUSED);
    admin.requireAllowed(Operation.MANAGE, "PUT /");
    assertEquals(2, bench.audit.entries.size(), "what is allowed is recorded when it is done");
  }

  @Test
  void onlyRefusedReadingIsRecorded() {
    bench.store("shop:1", "v");
    CacheReader reader = bench.reader.as(ANNA, Requester.PATIENT);
    reader.read(CacheKey.of("shop:1"));
    reader.values(List.of(CacheKey.of("shop:1")), ValueMemory.UNCOUNTED);
    assertEquals(List.of(), bench.audit.entries);
    assertThrows(OutsideApps.class, () -> reader.read(CacheKey.of("bank:1")));
    expect("read", "key 'bank:1'", Outcome.REFUSED);
    assertThrows(OutsideApps.class, () -> reader.dump("d"));
    expect("describe-dump", "dump 'd'", Outcome.REFUSED);
    CacheReader viewer =
        bench.reader.as(new Caller("v", Role.VIEWER, AppScope.ALL, ""), Requester.PATIENT);
    assertThrows(
        RoleRequired.class,
        () -> viewer.values(viewer.known().page(KeyQuery.ALL), ValueMemory.UNCOUNTED));
    expect("read", "", Outcome.REFUSED);
  }

  @Test
  void dumpsAndRestoresAreRecorded() {
    bench.storeMany("shop:", 5);
    String name = whole.dump().dump().name();
    assertEquals(OptionalLong.of(5), expect("dump", "", Outcome.DONE).done());
    whole.restore(RestoreRequest.MISSING.of(name).asDryRun());
    expect(
        "preview-restore",
        "dump '%s'; entries with any name; leaves keys that exist".formatted(name),
        Outcome.DONE);
    whole.dumpBytes(name);
    expect("download", "dump '%s'".formatted(name), Outcome.DONE);
    whole.deleteDump(name, Optional.empty());
    expect("delete-dump", "dump '%s'".formatted(name), Outcome.DONE);
    assertThrows(DumpNotFound.class, () -> whole.deleteDump("no such", Optional.empty()));
    expect("delete-dump", "dump 'no such'", Outcome.FAILED);
    whole.startAutoDump(Duration.ofSeconds(5));
    expect("auto-dump-start", "every 5 s", Outcome.DONE);
    whole.stopAutoDump();
    expect("auto-dump-stop", "", Outcome.DONE);
  }

  @Test
  void aRestoreThatStopsIsRecordedWithItsCount() {
    bench.storeMany("shop:", 30);
    String name = whole.dump().dump().name();
    bench.cache.clear();
    whole.restore(RestoreRequest.MISSING.of(name).asDryRun());
    assertEquals(OptionalLong.of(0), bench.audit.last().done(), "a dry run stores nothing");
    whole.restore(RestoreRequest.MISSING.of(name).atMost(OptionalLong.of(7)));
    AuditEntry entry = bench.audit.last();
    assertEquals("RestoreLimitReached", entry.failure());
    assertEquals(Outcome.FAILED, entry.outcome());
    assertEquals(OptionalLong.of(7), entry.done());
    bench.cache.clear();
    Job job = whole.startRestore(RestoreRequest.MISSING.of(name).atMost(OptionalLong.of(7)));
    bench.executor.runAll();
    assertEquals(job.id(), bench.audit.last().job());
    assertEquals(OptionalLong.of(7), bench.audit.last().done());
  }

  @Test
  void nothingIsDeletedIfItCannotBeRecorded() {
    bench.storeMany("shop:", 5);
    bench.audit.isWritable = false;
    assertThrows(AuditUnavailable.class, () -> admin.change(SHOP));
    assertThrows(AuditUnavailable.class, () -> admin.startChange(SHOP));
    assertThrows(AuditUnavailable.class, () -> whole.clear(true));
    bench.audit.isWritable = true;
    assertEquals(5, admin.preview(SHOP).summary().copies());
  }

  private static void assertShort(int most, AuditEntry entry) {
    int size = Excerpt.size(entry.target()) + Excerpt.size(entry.message());
    assertTrue(size <= most, entry::toString);
  }

  @Test
  void longRequestsMakeShortEntries() {
    String path = "DELETE /apps/" + "\u202e".repeat(3_000);
    CacheAdmin viewer =
        bench.admin.as(new Caller("v", Role.VIEWER, AppScope.ALL, ""), Requester.PATIENT);
    assertThrows(RoleRequired.class, () -> viewer.requireAllowed(Operation.MANAGE, path));
    assertShort(1_000, bench.audit.last());
    assertEquals(bench.audit.last().target(), bench.audit.last().ofRequest("7").target());
    assertTrue(bench.audit.last().target().matches("DELETE .* \\(29\\d\\d characters more\\)"));

    String regex = "^shop:" + "x?".repeat(400);
    admin.change(new BulkRequest(BulkChange.DELETE, KeyFilter.matching(KeyPattern.of(regex))));
    assertEquals(
        "keys with pattern '%s… (506 characters more)', of the apps shop"
            .formatted(regex.substring(0, 300)),
        bench.audit.last().target());

    List<CacheKey> keys = IntStream.range(0, 99)
        .mapToObj(i -> CacheKey.of("shop:" + "ü".repeat(50) + i))
        .toList();
    admin.change(BulkChange.DELETE, keys);
    assertShort(1_600, bench.audit.last());
    assertTrue(bench.audit.last().target().endsWith(" and 95 more"), bench.audit.last()::target);
  }
}

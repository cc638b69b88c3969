package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.testing.Bench;

/** What a damaged dump shows to a caller who is limited to some apps. */
class LimitedDumpsTest {
  private static final Caller SELLER =
      new Caller("seller", Role.OPERATOR, AppScope.of(Set.of(new AppName("shop"))), "");

  private final Bench bench = new Bench();
  private final CacheReader reader = bench.reader.as(SELLER, Requester.PATIENT);
  private final CacheAdmin admin = bench.admin.as(SELLER, Requester.PATIENT);

  private Throwable failure(Job job) {
    bench.executor.runAll();
    return job.snapshot().failure().orElseThrow();
  }

  @Test
  void damagedDumpsShowNothingOfOtherApps() {
    bench.storeMany("bank:", 3);
    bench.storeMany("shop:", 3);
    bench.admin.dump();
    String name = bench.reader.dumps().get(0).name();
    RestoreRequest restore = RestoreRequest.MISSING.of(name);
    List<Supplier<Object>> calls = List.of(
        () -> reader.dumpKeys(name, KeyFilter.ALL, 0, 10),
        () -> reader.diff(name, 10),
        () -> admin.restore(restore),
        () -> admin.restore(restore.asDryRun()),
        () -> failure(reader.startDiff(name, 10)),
        () -> failure(admin.startRestore(restore)));
    String reason = "block 1: entry 1: key \"bank:0\" is 255 bytes long";
    bench.dumps.breakReaders(reason);
    for (Supplier<Object> call : calls) {
      assertEquals(
          "dump '%s' is not usable: it is damaged or cannot be read; only callers who see all apps get the details"
              .formatted(name),
          unusable(call).getMessage());
    }
    assertTrue(unusable(() -> bench.reader.diff(name, 10)).getMessage().endsWith(reason));
    bench.dumps.corrupt(name);
    bench.dumps.breakReaders(null);
    DumpDamage damage = admin.restore(restore.salvaging()).dump().damages().get(0);
    assertEquals(
        new DumpDamage(0, 0, "a part is damaged; only callers who see all apps get the details"),
        damage);
    assertEquals(
        1, bench.admin.restore(restore.salvaging()).dump().damages().get(0).length());
    String refusal = unusable(() -> admin.restore(restore)).getMessage();
    assertFalse(refusal.contains("checksum"), refusal);
  }

  private static Throwable unusable(Supplier<Object> call) {
    try {
      return (Throwable) call.get();
    } catch (DumpUnusable e) {
      return e;
    }
  }
}

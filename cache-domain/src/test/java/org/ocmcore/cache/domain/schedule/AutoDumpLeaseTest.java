package org.ocmcore.cache.domain.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.dump.DumpPolicy;
import org.ocmcore.cache.domain.dump.Retention;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.transfer.RateLimit;

class AutoDumpLeaseTest extends AutoDumpFixture {
  private DumpLease lease(String holder) {
    return new DumpLease(bench.cache, holder);
  }

  private AutoDump leased(DumpLease lease) {
    return new AutoDump(
        bench.dumpJobs,
        Bench.POLICY,
        bench.cache,
        Optional.of(lease),
        bench.events,
        bench.scheduler,
        bench.clock);
  }

  @Test
  void ofTwoProcessesOneDumpsUntilItStops() {
    AutoDump one = leased(lease("one"));
    one.start();
    AutoDump other = leased(lease("other"));
    other.start();
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(5, reported().size());
    assertEquals(Optional.empty(), one.state().madeBy());
    assertEquals(Optional.of("one"), other.state().madeBy());
    assertEquals(Optional.empty(), other.state().lastDump());
    assertEquals(0, other.state().consecutiveFailures());
    one.stop();
    bench.scheduler.advance(MINUTE);
    assertEquals(6, reported().size());
    assertEquals(Optional.empty(), other.state().madeBy());
    assertTrue(other.state().lastDump().isPresent());
  }

  @Test
  void expiredLeaseIsTakenOver() {
    assertTrue(lease("gone").hold(Duration.ofSeconds(150)));
    AutoDump next = leased(lease("next"));
    next.start();
    bench.scheduler.advance(MINUTE.multipliedBy(2));
    assertEquals(List.of(), reported());
    bench.scheduler.advance(MINUTE);
    assertEquals(1, reported().size());
  }

  @Test
  void theLeaseIsNotDumped() {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 1"), reported());
    assertTrue(bench.cache.keys().contains(ReservedKeys.DUMP_LEASE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT0S", "PT-1H"})
  void dumpWithALostLeaseIsDiscarded(Duration clockGoes) {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.dumps.whileCommitting(() -> {
      // At the very moment of a look, and with a clock that was set back: it is looked once more.
      bench.clock.advance(clockGoes);
      one.stop();
      bench.cache.delete(ReservedKeys.DUMP_LEASE);
      assertTrue(lease("other").hold(MINUTE));
    });
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("failed: its lease was lost meanwhile to other"), reported());
    assertEquals(List.of(), bench.dumps.names());
    assertEquals(1, one.state().consecutiveFailures());
  }

  @Test
  void leaseIsRenewedDuringALongDump() {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.storeMany("k", 3_000);
    bench.dumps.beforeEachEntry(() -> bench.clock.advance(Duration.ofMillis(500)));
    bench.scheduler.advance(MINUTE);
    assertEquals(List.of("written 3001"), reported());
    assertFalse(lease("other").hold(MINUTE));
  }

  @Test
  void unreachableLeaseServerIsAFailure() {
    AutoDump one = leased(lease("one"));
    one.start();
    bench.cache.takeDown(bench.cache.place(ReservedKeys.DUMP_LEASE).server());
    bench.scheduler.advance(MINUTE);
    assertEquals(1, one.state().consecutiveFailures());
    String error = one.state().lastDump().orElseThrow().error().orElseThrow();
    assertEquals(List.of("failed: " + error), reported());
  }

  @Test
  void whatKeepsTheLeaseIsNoChange() {
    AutoDump one = new AutoDump(
        bench.dumpJobs,
        new DumpPolicy(MINUTE, 1, new Retention(3, 0), false, RateLimit.FULL),
        bench.cache,
        Optional.of(lease("one")),
        bench.events,
        bench.scheduler,
        bench.clock);
    one.start();
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(1, reported().size());
    bench.store("k", "changed");
    bench.scheduler.advance(MINUTE.multipliedBy(5));
    assertEquals(2, reported().size());
  }

  @Test
  void lostLeaseIsNotTakenBack() {
    DumpLease one = lease("one");
    assertTrue(one.hold(MINUTE));
    bench.clock.advance(MINUTE);
    DumpLease other = lease("other");
    assertTrue(other.hold(MINUTE));
    one.release();
    other.requireHeld();
    assertFalse(one.hold(MINUTE));
    assertEquals(Optional.of("other"), one.holder());
    other.release();
    other.release();
    assertEquals(Optional.empty(), bench.cache.get(ReservedKeys.DUMP_LEASE));
  }
}

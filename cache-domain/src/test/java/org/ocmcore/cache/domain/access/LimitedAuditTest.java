package org.ocmcore.cache.domain.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.ocmcore.cache.domain.testing.RecordedAudit;

class LimitedAuditTest {
  private final MutableClock clock = new MutableClock();
  private final RecordedAudit log = new RecordedAudit();
  private final LimitedAudit audit = new LimitedAudit(log, clock);

  private void record(String caller, String address, Outcome outcome) {
    audit.record(new AuditEntry(
        Instant.EPOCH,
        caller,
        "",
        address,
        "sign-in",
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        outcome,
        "",
        "",
        ""));
  }

  private void refuse(int count, String address) {
    for (int i = 0; i < count; i++) {
      record("", address, Outcome.REFUSED);
    }
  }

  @Test
  void refusalsOfAnAddressAreCounted() {
    refuse(LimitedAudit.PER_ADDRESS + 7, "10.0.0.1");
    refuse(1, "10.0.0.2");
    assertEquals(LimitedAudit.PER_ADDRESS + 1, log.entries.size());
    clock.advance(Duration.ofMinutes(1));
    record("anna", "10.0.0.3", Outcome.DONE);
    AuditEntry count = log.entries.get(log.entries.size() - 2);
    assertEquals(OptionalLong.of(7), count.matched());
    assertTrue(count.message().endsWith(": 7 from 10.0.0.1"), count.message());
    refuse(LimitedAudit.PER_ADDRESS, "10.0.0.1");
    assertEquals(2 * LimitedAudit.PER_ADDRESS + 3, log.entries.size());
  }

  @Test
  void manyAddressesShareALimit() {
    for (int i = 0; i < 5_000; i++) {
      refuse(1, "address " + i);
    }
    assertEquals(LimitedAudit.OF_ALL, log.entries.size());
    audit.close();
    assertEquals(OptionalLong.of(5_000 - LimitedAudit.OF_ALL), log.last().matched());
    assertTrue(log.last().message().contains("from other addresses"), log.last().message());
  }

  @Test
  void callersWithATokenAreNotLimited() {
    for (int i = 0; i < 500; i++) {
      record("anna", "10.0.0.1", Outcome.REFUSED);
      record("anonymous", "10.0.0.1", Outcome.DONE);
    }
    assertEquals(1_000, log.entries.size());
  }
}

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
    refuse(LimitedAudit.OF_ONE + 7, "10.0.0.1");
    refuse(1, "10.0.0.2");
    assertEquals(LimitedAudit.OF_ONE + 1, log.entries.size());
    clock.advance(Duration.ofMinutes(1));
    record("anna", "10.0.0.3", Outcome.DONE);
    AuditEntry count = log.entries.get(log.entries.size() - 2);
    assertEquals(OptionalLong.of(7), count.matched());
    assertTrue(count.message().endsWith(": 7 from 10.0.0.1"), count.message());
    refuse(LimitedAudit.OF_ONE, "10.0.0.1");
    assertEquals(2 * LimitedAudit.OF_ONE + 3, log.entries.size());
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
  void refusalsOfACallerWithATokenAreCounted() {
    for (int i = 0; i < LimitedAudit.OF_ONE + 7; i++) {
      record("vera", "10.0.0." + i, Outcome.REFUSED);
    }
    assertEquals(LimitedAudit.OF_ONE, log.entries.size());
    record("anna", "10.0.0.1", Outcome.REFUSED);
    assertEquals("anna", log.last().caller(), "others still have their entries");
    clock.advance(Duration.ofMinutes(1));
    record("anna", "10.0.0.1", Outcome.DONE);
    AuditEntry count = log.entries.get(log.entries.size() - 2);
    assertEquals(OptionalLong.of(7), count.matched());
    assertTrue(count.message().endsWith(": 7 of vera"), count.message());
  }

  @Test
  void manyCallersShareALimit() {
    for (int i = 0; i < 500; i++) {
      record("caller-" + i % 50, "10.0.0.1", Outcome.REFUSED);
    }
    assertEquals(LimitedAudit.OF_ALL, log.entries.size());
    audit.close();
    assertEquals(OptionalLong.of(500 - LimitedAudit.OF_ALL), log.last().matched());
    assertTrue(log.last().message().contains("of other callers"), log.last().message());
  }

  @Test
  void strangersTakeNoEntriesOfCallersWithAToken() {
    for (int i = 0; i < 5_000; i++) {
      refuse(1, "address " + i);
    }
    record("anna", "10.0.0.1", Outcome.REFUSED);
    assertEquals("anna", log.last().caller());
  }

  @Test
  void theNumberOfOthersIsNeverCut() {
    for (int i = 0; i < 50; i++) {
      for (int j = 0; j < 20; j++) {
        refuse(1, "2001:db8:1234:5678:%04x:5678:1234:5678".formatted(i));
        record("a".repeat(62) + i, "10.0.0.1", Outcome.REFUSED);
      }
    }
    audit.close();
    assertTrue(log.last().message().contains("from other addresses"), log.last().message());
    assertTrue(log.last().message().contains("of other callers"), log.last().message());
    assertEquals(OptionalLong.of(2 * (1_000 - LimitedAudit.OF_ALL)), log.last().matched());
  }

  @Test
  void whatWasDoneIsNeverLimited() {
    for (int i = 0; i < 500; i++) {
      record("anna", "10.0.0.1", Outcome.DONE);
      record("anonymous", "10.0.0.1", Outcome.STARTED);
      record("anonymous", "10.0.0.1", Outcome.FAILED);
    }
    assertEquals(1_500, log.entries.size());
  }
}

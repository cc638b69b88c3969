package org.ocmcore.cache.domain.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;
import org.ocmcore.cache.domain.port.AuditPort;

/**
 * Passes entries on, but few refusals of callers without a token, so that nobody can fill the disk.
 * In a minute it passes on {@value #PER_ADDRESS} of one address and {@value #OF_ALL} of all. An
 * entry with the number of the others follows: with the first entry after that minute, or at the
 * end. Safe for use by any number of threads.
 */
public final class LimitedAudit implements AuditPort {
  /** The refusals of an address that are recorded each minute. */
  static final int PER_ADDRESS = 10;

  /** The refusals of all addresses that are recorded each minute. */
  static final int OF_ALL = 100;

  /** The addresses that an entry names. */
  private static final int NAMED = 20;

  private static final int MAX_ADDRESSES = 1_000;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final String OTHERS = "other addresses";

  private final AuditPort log;
  private final Clock clock;

  private Instant begin = Instant.MIN;
  private int passed;
  private final Map<String, Integer> refusals = new LinkedHashMap<>();
  private final Map<String, Long> held = new LinkedHashMap<>();

  public LimitedAudit(AuditPort log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void record(AuditEntry entry) {
    synchronized (this) {
      beginPeriod();
      if (isLimited(entry) && !passes(entry.address())) {
        return;
      }
    }
    log.record(entry);
  }

  private static boolean isLimited(AuditEntry entry) {
    return entry.outcome() == Outcome.REFUSED
        && (entry.caller().isEmpty() || entry.caller().equals(Caller.ANONYMOUS));
  }

  private void beginPeriod() {
    Instant now = clock.instant();
    if (!now.isBefore(begin) && now.isBefore(begin.plus(PERIOD))) {
      return;
    }
    reportHeld(now);
    begin = now;
    passed = 0;
    refusals.clear();
  }

  private boolean passes(String address) {
    String known =
        refusals.containsKey(address) || refusals.size() < MAX_ADDRESSES ? address : OTHERS;
    int count = refusals.merge(known, 1, Integer::sum);
    if (count <= PER_ADDRESS && passed < OF_ALL) {
      passed++;
      return true;
    }
    held.merge(held.containsKey(known) || held.size() < NAMED ? known : OTHERS, 1L, Long::sum);
    return false;
  }

  private void reportHeld(Instant now) {
    if (held.isEmpty()) {
      return;
    }
    String counts = held.entrySet().stream()
        .map(entry -> "%d from %s".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
    log.record(new AuditEntry(
        now,
        "",
        "",
        "",
        "refusals",
        "",
        OptionalLong.of(held.values().stream().mapToLong(Long::longValue).sum()),
        OptionalLong.empty(),
        Outcome.REFUSED,
        "",
        "refusals without an entry in the minute from %s: %s".formatted(begin, counts),
        ""));
    held.clear();
  }

  @Override
  public void requireWritable() {
    log.requireWritable();
  }

  @Override
  public void close() {
    synchronized (this) {
      reportHeld(clock.instant());
    }
    log.close();
  }
}

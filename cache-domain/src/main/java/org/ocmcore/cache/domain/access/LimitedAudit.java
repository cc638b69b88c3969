package org.ocmcore.cache.domain.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;
import org.ocmcore.cache.domain.port.AuditPort;

/**
 * Passes entries on, but few refusals, so that nobody can fill the disk or push older entries out.
 * In a minute it passes on {@value #OF_ONE} of one caller and {@value #OF_ALL} of all. Callers
 * without a token count by address, and share a limit of their own. An entry with the number of the
 * others follows: with the first entry after that minute, or at the end. Entries with another
 * outcome are never limited. Safe for use by any number of threads.
 */
public final class LimitedAudit implements AuditPort {
  /** The refusals of a caller, or an address, that are recorded each minute. */
  static final int OF_ONE = 10;

  /** The refusals of all callers that are recorded each minute, with and without a token each. */
  static final int OF_ALL = 100;

  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final AuditPort log;
  private final Clock clock;

  private Instant begin = Instant.MIN;
  private final Quota addresses = new Quota("from", "other addresses");
  private final Quota callers = new Quota("of", "other callers");

  public LimitedAudit(AuditPort log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void record(AuditEntry entry) {
    synchronized (this) {
      beginPeriod();
      if (entry.outcome() == Outcome.REFUSED && !passes(entry)) {
        return;
      }
    }
    log.record(entry);
  }

  private boolean passes(AuditEntry refusal) {
    boolean hasToken = !refusal.caller().isEmpty() && !refusal.caller().equals(Caller.ANONYMOUS);
    return hasToken ? callers.passes(refusal.caller()) : addresses.passes(refusal.address());
  }

  private void beginPeriod() {
    Instant now = clock.instant();
    if (!now.isBefore(begin) && now.isBefore(begin.plus(PERIOD))) {
      return;
    }
    reportHeld(now);
    begin = now;
  }

  private void reportHeld(Instant now) {
    List<String> counts = new ArrayList<>();
    long held = callers.end(counts) + addresses.end(counts);
    if (held == 0) {
      return;
    }
    log.record(new AuditEntry(
        now,
        "",
        "",
        "",
        "refusals",
        "",
        OptionalLong.of(held),
        OptionalLong.empty(),
        Outcome.REFUSED,
        "",
        "refusals without an entry in the minute from %s: %s"
            .formatted(begin, String.join(", ", counts)),
        ""));
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

  /** The refusals of one minute, by name. */
  private static final class Quota {
    /** The names that an entry has, so that it is not cut. */
    private static final int NAMED = 3;

    private static final int MAX_NAMES = 1_000;

    private final String relation;
    private final String others;
    private int passed;
    private final Map<String, Integer> refusals = new LinkedHashMap<>();
    private final Map<String, Long> held = new LinkedHashMap<>();

    /** @param relation the word before a name @param others stands for further names */
    Quota(String relation, String others) {
      this.relation = relation;
      this.others = others;
    }

    boolean passes(String name) {
      String known = refusals.containsKey(name) || refusals.size() < MAX_NAMES ? name : others;
      int count = refusals.merge(known, 1, Integer::sum);
      if (count <= OF_ONE && passed < OF_ALL) {
        passed++;
        return true;
      }
      held.merge(held.containsKey(known) || held.size() < NAMED ? known : others, 1L, Long::sum);
      return false;
    }

    /** Ends the minute: adds what was held in words, and returns its number. */
    long end(List<String> counts) {
      held.forEach((name, count) -> counts.add("%d %s %s".formatted(count, relation, name)));
      long sum = held.values().stream().mapToLong(Long::longValue).sum();
      passed = 0;
      refusals.clear();
      held.clear();
      return sum;
    }
  }
}

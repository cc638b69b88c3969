package org.ocmcore.cache.domain.bulk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.job.RandomId;

/** Keeps saved plans for an hour. Safe for use by any number of threads. */
final class Plans {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MAX = 1_000;

  private record Plan(String owner, BulkRequest request, Instant end) {}

  /**
   * A saved plan.
   *
   * @param name cannot be guessed
   * @param end when it is forgotten
   */
  record SavedPlan(String name, Instant end) {}

  private final Clock clock;
  private final Map<String, Plan> plans = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Plan> eldest) {
      return size() > MAX;
    }
  };

  Plans(Clock clock) {
    this.clock = clock;
  }

  /** Saves a plan of this caller. */
  synchronized SavedPlan save(String owner, BulkRequest request) {
    String id = RandomId.next();
    Instant end = clock.instant().plus(LIFETIME);
    plans.put(id, new Plan(owner, request, end));
    return new SavedPlan(id, end);
  }

  /** @throws PlanNotFound if it is unknown, was forgotten or belongs to another caller */
  synchronized BulkRequest find(String owner, String id) {
    Plan plan = plans.get(id);
    if (plan == null || !plan.owner.equals(owner) || plan.end.isBefore(clock.instant())) {
      throw new PlanNotFound(id);
    }
    return plan.request;
  }
}

package org.ocmcore.cache.domain.bulk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.job.RandomId;
import org.ocmcore.cache.domain.job.RecentByOwner;

/**
 * Keeps saved plans for an hour, the newest {@value #OF_OWNER} of each caller. Beyond {@value #MAX}
 * of all, the caller who has the most loses the oldest. Safe for use by any number of threads.
 */
final class Plans {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int OF_OWNER = 200;
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
  private final RecentByOwner<Plan> plans = new RecentByOwner<>(OF_OWNER, MAX);

  Plans(Clock clock) {
    this.clock = clock;
  }

  /** Saves a plan of this caller. */
  synchronized SavedPlan save(String owner, BulkRequest request) {
    String id = RandomId.next();
    Instant end = clock.instant().plus(LIFETIME);
    plans.add(owner, id, new Plan(owner, request, end));
    return new SavedPlan(id, end);
  }

  /** @throws PlanNotFound if it is unknown, was forgotten or belongs to another caller */
  synchronized BulkRequest find(String owner, String id) {
    return plans
        .find(id)
        .filter(plan -> plan.owner.equals(owner) && !plan.end.isBefore(clock.instant()))
        .orElseThrow(() -> new PlanNotFound(id))
        .request;
  }
}

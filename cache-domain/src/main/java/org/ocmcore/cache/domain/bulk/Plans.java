package org.ocmcore.cache.domain.bulk;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ocmcore.cache.domain.error.PlanNotFound;

/** Remembers work that was looked at beforehand. For any number of threads. */
final class Plans {
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int MAX = 1_000;
  private static final int ID_BITS = 80;
  private static final int ID_RADIX = 32;

  private record Plan(BulkRequest request, Instant end) {}

  /** The name of a plan, which is not to be guessed, and until when it is known. */
  record Noted(String name, Instant end) {}

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
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

  /** Remembers it. */
  synchronized Noted note(BulkRequest request) {
    String id = new BigInteger(ID_BITS, random).toString(ID_RADIX);
    Instant end = clock.instant().plus(LIFETIME);
    plans.put(id, new Plan(request, end));
    return new Noted(id, end);
  }

  /** @throws PlanNotFound if it is not known, or not any more */
  synchronized BulkRequest find(String id) {
    Plan plan = plans.get(id);
    if (plan == null || plan.end.isBefore(clock.instant())) {
      throw new PlanNotFound(id);
    }
    return plan.request;
  }
}

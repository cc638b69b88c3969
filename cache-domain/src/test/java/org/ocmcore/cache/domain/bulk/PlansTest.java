package org.ocmcore.cache.domain.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.PlanNotFound;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.testing.MutableClock;

class PlansTest {
  private static final BulkRequest ALL = new BulkRequest(BulkChange.DELETE, KeyFilter.ALL);

  private final MutableClock clock = new MutableClock();
  private final Plans plans = new Plans(clock);

  @Test
  void plansOfOthersTakeNoneAway() {
    String own = plans.save("anna", ALL).name();
    String first = plans.save("otto", ALL).name();
    for (int i = 0; i < 3_000; i++) {
      plans.save("otto", ALL);
    }
    assertEquals(ALL, plans.find("anna", own));
    assertThrows(PlanNotFound.class, () -> plans.find("otto", first));
  }

  @Test
  void manyOwnersShareABound() {
    String first = plans.save("otto", ALL).name();
    for (int i = 0; i < 3_000; i++) {
      plans.save("owner" + i % 10, ALL);
      plans.save("otto", ALL);
    }
    assertThrows(PlanNotFound.class, () -> plans.find("otto", first));
    String last = plans.save("owner3", ALL).name();
    assertEquals(ALL, plans.find("owner3", last));
  }

  @Test
  void aPlanIsForgottenAfterAnHour() {
    String name = plans.save("anna", ALL).name();
    clock.advance(Duration.ofHours(1));
    assertEquals(ALL, plans.find("anna", name));
    clock.advance(Duration.ofMillis(1));
    assertThrows(PlanNotFound.class, () -> plans.find("anna", name));
  }
}

package org.ocmcore.cache.domain.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.testing.Bench;

class KeyFiguresCacheTest {
  private final Bench bench = new Bench("a:1");
  private final KeyFiguresCache cache =
      new KeyFiguresCache(bench.tracker, AppRule.DEFAULT, Workers.ALONE, bench.clock);

  private Map<String, KeyFigures.Amount> apps() {
    return cache.figures().orElseThrow().apps();
  }

  @Test
  void figuresStayForFifteenSeconds() {
    bench.store("shop:1", "v");
    bench.tracker.fresh();
    assertEquals(1, apps().get("shop").keys());
    bench.store("shop:2", "v");
    bench.tracker.fresh();
    bench.clock.advance(KeyFiguresCache.LIFETIME.minus(Duration.ofMillis(1)));
    assertEquals(1, apps().get("shop").keys());
    bench.clock.advance(Duration.ofMillis(1));
    assertEquals(2, apps().get("shop").keys());
  }

  @Test
  void smallAppsAreSummedUp() {
    for (int app = 0; app < KeyFigures.NAMED; app++) {
      bench.store("app" + app + ":1", "a value that is longer");
    }
    bench.store("small1:1", "v");
    bench.store("small2:1", "v");
    bench.tracker.fresh();
    Map<String, KeyFigures.Amount> apps = apps();
    assertEquals(KeyFigures.NAMED + 1, apps.size());
    assertEquals(2, apps.get(KeyFigures.OTHER).keys());
    assertFalse(apps.containsKey("small1"));
  }

  @Test
  void anAppMayBeNamedOther() {
    bench.store("other:1", "v");
    bench.tracker.fresh();
    assertEquals(1, apps().get(KeyFigures.OTHER).keys());
    assertTrue(cache.figures().orElseThrow().ttl().never() == 1);
  }
}

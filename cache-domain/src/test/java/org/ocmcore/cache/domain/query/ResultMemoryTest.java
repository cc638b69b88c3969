package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.TooBusy;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/** What grows with the number of keys takes memory first. */
class ResultMemoryTest {
  private static final int KEYS = 20_000;

  private final Sample sample = new Sample();

  ResultMemoryTest() {
    for (int i = 0; i < KEYS; i++) {
      sample.add("app%05d:1".formatted(i));
    }
  }

  private KeyFinder finder(AppRule apps, LongConsumer memory) {
    return new KeyFinder(
        sample.index(),
        apps,
        sample.now(),
        new Workers(Runnable::run, 1, Long.MAX_VALUE),
        AppScope.ALL,
        memory);
  }

  private long taken(AppRule apps, Consumer<KeyFinder> work) {
    AtomicLong taken = new AtomicLong();
    work.accept(finder(apps, taken::addAndGet));
    return taken.get();
  }

  @Test
  void allMatchesOfAPatternTakeMemory() {
    KeyQuery query = KeyQuery.matching(KeyPattern.of("1$"));
    long taken = taken(AppRule.DEFAULT, finder -> finder.page(query));
    assertTrue(taken > 8 * (KEYS - 8_192), "taken: " + taken);
    assertEquals(0, taken(AppRule.DEFAULT, finder -> finder.page(query.limitedTo(100))));
    LongConsumer full = bytes -> {
      throw new TooBusy("memory", bytes);
    };
    assertThrows(TooBusy.class, () -> finder(AppRule.DEFAULT, full).page(query));
  }

  @Test
  void allAppsTakeMemory() {
    AppRule byPattern = AppRule.ofPattern("^(app\\d+)");
    for (AppRule apps : List.of(AppRule.DEFAULT, byPattern)) {
      long taken = taken(apps, KeyFinder::apps);
      assertTrue(taken >= (KEYS - 2) * AppAggregator.APP_BYTES, apps + " took " + taken);
      assertTrue(taken(apps, finder -> finder.registry(1)) >= taken, apps + " took " + taken);
    }
    assertTrue(taken(byPattern, finder -> finder.analysis(KeyFilter.ALL)) > 0);
    assertEquals(0, taken(AppRule.DEFAULT, finder -> finder.analysis(KeyFilter.ALL)));
  }
}

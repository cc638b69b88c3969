package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

class GenerationTest {
  private static final CacheKey KEY = CacheKey.of("cache-app:generation:shop:");

  private final MutableClock clock = new MutableClock();
  private final FakeCache fake = new FakeCache(clock, "a:1");
  private long now;
  private final Generation mine = generation(Unavailable.THROW);

  private Generation generation(Unavailable policy) {
    StoreAccess access = new StoreAccess(
        Store.of(fake, fake, fake, clock),
        new CircuitBreaker(() -> now),
        policy,
        new CacheCounters(Optional.empty()));
    return new Generation(KeyNamespace.ROOT.app(new AppName("shop")), access, () -> now);
  }

  private static String names(Generation generation) {
    return generation.current().fullName("k");
  }

  @Test
  void aSecondOfUseTakesOneRoundTrip() {
    names(mine);
    List<String> calls = new ArrayList<>();
    fake.beforeEach(calls::add);
    for (int i = 0; i < 100; i++) {
      names(mine);
    }
    assertEquals(List.of(), calls);
    now += Generation.MAX_AGE.toNanos();
    names(mine);
    assertEquals(List.of("get"), calls);
  }

  @Test
  void othersFollowWithinASecond() {
    Generation other = generation(Unavailable.THROW);
    assertEquals(names(mine), names(other));
    mine.next();
    assertNotEquals(names(mine), names(other));
    now += Generation.MAX_AGE.toNanos();
    assertEquals(names(mine), names(other));
  }

  @Test
  void eachClearHasANumberOfItsOwn() {
    Generation other = generation(Unavailable.THROW);
    mine.next();
    String first = names(mine);
    other.next();
    assertNotEquals(first, names(other));
  }

  @Test
  void aLostNumberClears() {
    String before = names(mine);
    fake.delete(KEY);
    clock.advance(Duration.ofMillis(1));
    now += Generation.MAX_AGE.toNanos();
    assertNotEquals(before, names(mine));
    fake.delete(KEY);
    clock.advance(Duration.ofMillis(1));
    String lost = names(mine);
    mine.next();
    assertNotEquals(lost, names(mine));
  }

  @Test
  void aDownServerIsAMissOnlyIfThatIsAllowed() {
    fake.takeDown("a:1");
    assertThrows(StoreUnavailable.class, mine::current);
    assertThrows(StoreUnavailable.class, mine::next);
    Generation missing = generation(Unavailable.MISS);
    missing.current();
    assertThrows(StoreUnavailable.class, missing::next);
  }

  @Test
  void theLastNumberGoesOnWhileTheServerIsDown() {
    Generation missing = generation(Unavailable.MISS);
    String before = names(missing);
    fake.takeDown("a:1");
    now += Generation.MAX_AGE.toNanos();
    assertEquals(before, names(missing));
  }
}

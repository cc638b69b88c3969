package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.FakeNearMap;
import org.ocmcore.cache.domain.testing.MutableClock;

/** What a {@link NearCache} keeps, how long, and what it does with changes at the wrong moment. */
class NearCacheTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration NANO = Duration.ofNanos(1);

  private final MutableClock clock = new MutableClock();
  private final FakeNearMap map = new FakeNearMap();
  private final NearCache near = near(Duration.ofHours(1));

  private NearCache near(Duration maxAge) {
    return new NearCache(map, maxAge, new FakeCache(clock, "a"), clock);
  }

  private void keep(NearCache cache, NearStamp stamp, String text, Expiry expiry) {
    CacheEntry read = new CacheEntry(CacheKey.of("k"), CacheValue.ofText(text), expiry);
    cache.keep("k", stamp, read, Optional.of(text), String.class);
  }

  private void keep(String text) {
    keep(near, near.stamp("k"), text, Expiry.NEVER);
  }

  private boolean isKept() {
    return near.find("k", String.class) != null;
  }

  private boolean isKeptFor(Duration time) {
    map.advance(time.minus(NANO));
    boolean wasKept = isKept();
    map.advance(NANO);
    return wasKept && !isKept();
  }

  @Test
  void aChangeAfterTheStampPreventsKeeping() {
    NearStamp stamp = near.stamp("k");
    near.invalidate(CacheKey.of("k"));
    keep(near, stamp, "old", Expiry.NEVER);
    assertFalse(isKept());
    keep("new");
    assertTrue(isKept());
  }

  @Test
  void aLateReaderRemovesWhatItMayNotReplace() {
    NearStamp stamp = near.stamp("k");
    near.invalidate(CacheKey.of("k"));
    keep("new");
    keep(near, stamp, "old", Expiry.NEVER);
    assertFalse(isKept());
  }

  @Test
  void droppingEverythingPreventsKeeping() {
    NearStamp stamp = near.stamp("k");
    near.invalidateAll();
    keep(near, stamp, "old", Expiry.NEVER);
    assertFalse(isKept());
  }

  @Test
  void entriesOfAnOlderGenerationAreIgnored() {
    map.keepAll();
    keep("old");
    near.invalidateAll();
    assertNotNull(map.get("k"));
    assertFalse(isKept());
  }

  @Test
  void twoCachesOnOneMapDoNotMix() {
    keep("mine");
    assertNull(near(SECOND).find("k", String.class));
  }

  @Test
  void unreportedValuesLiveForASecond() {
    keep("text");
    assertTrue(isKeptFor(SECOND));
  }

  @Test
  void aShorterAgeIsKept() {
    NearCache brief = near(Duration.ofMillis(200));
    keep(brief, brief.stamp("k"), "text", Expiry.NEVER);
    map.advance(Duration.ofMillis(199));
    assertNotNull(brief.find("k", String.class));
    map.advance(Duration.ofMillis(1));
    assertNull(brief.find("k", String.class));
  }

  @Test
  void followedValuesLiveForTheWholeAge() {
    near.followed("a");
    keep("text");
    assertTrue(isKeptFor(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "18446744073709551615", "99 ", " 7", "+5", "-5", "12 pieces"})
  void whatMemcachedMayIncrementLivesForASecond(String text) {
    near.followed("a");
    keep(text);
    assertTrue(isKeptFor(SECOND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a1", "1a", "1.5", " ", "+", "true"})
  void whatItCannotIncrementLivesLonger(String text) {
    near.followed("a");
    keep(text);
    assertTrue(isKeptFor(Duration.ofHours(1)));
  }

  @Test
  void aFeedThatBeginsOrEndsDropsEverything() {
    keep("text");
    near.followed("a");
    assertFalse(isKept());
    keep("text");
    near.unfollowed("a");
    assertFalse(isKept());
    keep("text");
    near.unfollowed("a");
    assertTrue(isKeptFor(SECOND));
  }

  @Test
  void aReadAcrossTheEndOfAFeedIsNotKept() {
    near.followed("a");
    NearStamp stamp = near.stamp("k");
    near.unfollowed("a");
    keep(near, stamp, "old", Expiry.NEVER);
    assertFalse(isKept());
  }

  @Test
  void entriesEndWithTheirItems() {
    near.followed("a");
    Expiry expiry = Expiry.after(clock.instant(), Lifetime.ofSeconds(5));
    keep(near, near.stamp("k"), "text", expiry);
    assertEquals(expiry, near.find("k", String.class).expiry());
    assertTrue(isKeptFor(Duration.ofSeconds(5)));
  }

  @Test
  void theAgeBeginsBeforeTheRead() {
    NearStamp stamp = near.stamp("k");
    map.advance(Duration.ofMillis(400));
    keep(near, stamp, "text", Expiry.NEVER);
    assertTrue(isKeptFor(Duration.ofMillis(600)));
    stamp = near.stamp("k");
    map.advance(SECOND);
    keep(near, stamp, "text", Expiry.NEVER);
    assertEquals(0, map.size());
  }

  @Test
  void expiredItemsAreNotKept() {
    keep(near, near.stamp("k"), "text", Expiry.at(clock.instant()));
    assertFalse(isKept());
  }

  @Test
  void sharedValuesFitTheirTypeOnly() {
    keep("text");
    assertNull(near.find("k", Integer.class));
    assertTrue(isKept());
  }
}

package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeyCriteriaTest {
  private static final OptionalLong ANY_SIZE = OptionalLong.empty();
  private static final Optional<Duration> ANY_TIME = Optional.empty();

  private static final KeyCriteria NEVER_FETCHED =
      new KeyCriteria(ANY_SIZE, ANY_SIZE, ANY_TIME, ANY_TIME, false, ANY_TIME, ANY_TIME, true);

  private static KeyCriteria sizes(long min, long max) {
    return new KeyCriteria(
        OptionalLong.of(min), OptionalLong.of(max), ANY_TIME, ANY_TIME, false, ANY_TIME);
  }

  private static KeyCriteria ttl(long below, long above) {
    return new KeyCriteria(ANY_SIZE, ANY_SIZE, seconds(below), seconds(above), false, ANY_TIME);
  }

  private static KeyCriteria idle(long above, long below) {
    return new KeyCriteria(
        ANY_SIZE, ANY_SIZE, ANY_TIME, ANY_TIME, false, seconds(above), seconds(below), false);
  }

  private static Optional<Duration> seconds(long seconds) {
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static void assertRefused(String message, Runnable making) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, making::run).getMessage());
  }

  @Test
  void sizesAreOfItemsThatThereCanBe() {
    assertRefused("min size is -1, it must be from 0 to 4294967295", () -> sizes(-1, 5));
    assertRefused(
        "max size is 4294967296, it must be from 0 to 4294967295", () -> sizes(1, 4294967296L));
    assertDoesNotThrow(() -> sizes(5, 5));
    assertRefused("min size is 6, which is above max size, 5", () -> sizes(6, 5));
  }

  @Test
  void timesAreNotNegative() {
    assertRefused("ttl below is PT-1S, it must not be negative", () -> ttl(-1, 0));
    assertRefused("ttl above is PT-1S, it must not be negative", () -> ttl(1, -1));
    assertRefused(
        "idle above is PT-1S, it must not be negative",
        () -> new KeyCriteria(ANY_SIZE, ANY_SIZE, ANY_TIME, ANY_TIME, false, seconds(-1)));
    assertRefused("idle below is PT-1S, it must not be negative", () -> idle(0, -1));
  }

  @Test
  void whatNoKeyCanBeIsRefused() {
    assertDoesNotThrow(() -> ttl(62, 60));
    assertRefused("ttl above is 60 and ttl below is 61, which leaves nothing", () -> ttl(61, 60));
    assertDoesNotThrow(() -> idle(60, 62));
    assertRefused(
        "idle above is 60 and idle below is 61, which leaves nothing", () -> idle(60, 61));
    assertRefused(
        "no ttl is true, so neither ttl below nor ttl above can be asked for",
        () -> new KeyCriteria(ANY_SIZE, ANY_SIZE, seconds(5), ANY_TIME, true, ANY_TIME));
    assertRefused(
        "no ttl is true, so neither ttl below nor ttl above can be asked for",
        () -> new KeyCriteria(ANY_SIZE, ANY_SIZE, ANY_TIME, seconds(5), true, ANY_TIME));
  }

  @Test
  void aCallerNamesContradictionsItself() {
    ContradictoryCriteria thrown = assertThrows(ContradictoryCriteria.class, () -> sizes(6, 5));
    assertEquals(
        "<MIN_SIZE> is 6, which is above <MAX_SIZE>, 5",
        thrown.message(criterion -> "<" + criterion.name() + ">"));
  }

  @Test
  void aCallerNamesConditionsItself() {
    assertEquals("ttl below 62, ttl above 60", ttl(62, 60).toString());
    assertEquals("TTL_BELOW 62, TTL_ABOVE 60", ttl(62, 60).words(Criterion::name));
    assertEquals("never fetched", NEVER_FETCHED.toString());
    assertEquals("NEVER_FETCHED", NEVER_FETCHED.words(Criterion::name));
  }

  @Test
  void fetchedKeysAreLeftOut() {
    assertTrue(KeyCriteria.ANY.passEverything());
    assertFalse(NEVER_FETCHED.passEverything());
  }
}

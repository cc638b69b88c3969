package org.ocmcore.cache.domain.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.MutableClock;

class CachedResultTest {
  private final MutableClock clock = new MutableClock();
  private final FakeCache fake = new FakeCache(clock, "a", "b");
  private final Cache cache = Cache.builder(Store.of(fake, fake, fake, clock)).build();

  private final Loading<String> loading = cache
      .loading(String.class)
      .expireAfter(Duration.ofMinutes(2))
      .cacheMissesFor(Duration.ofMinutes(1));

  private static CachedResult<String> result(String value) {
    return new CachedResult<>(Optional.ofNullable(value));
  }

  @Test
  void storedResultsAreFoundWithoutLoading() {
    loading.store("k", "a");
    loading.store("none", null);

    assertEquals(Optional.of(result("a")), loading.find("k"));
    assertEquals(Optional.of(result(null)), loading.find("none"));
    assertEquals(Optional.empty(), loading.find("other"));
    assertEquals("a", loading.get("k", () -> fail("loads")));
    assertNull(loading.get("none", () -> fail("loads")));
    assertEquals(0, cache.stats().loads());
    assertEquals(4, cache.stats().hits());
    assertEquals(1, cache.stats().misses());
  }

  @Test
  void whatALoaderReturnedIsFound() {
    loading.get("k", () -> "a");
    loading.get("none", () -> null);

    assertEquals(Optional.of(result("a")), loading.find("k"));
    assertEquals(Optional.of(result(null)), loading.find("none"));
  }

  @Test
  void valuesAndNullsHaveLifetimesOfTheirOwn() {
    loading.store("k", "a");
    loading.store("none", null);

    clock.advance(Duration.ofMinutes(1).plusSeconds(1));
    assertEquals(Optional.of(result("a")), loading.find("k"));
    assertEquals(Optional.empty(), loading.find("none"));
    clock.advance(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), loading.find("k"));
  }

  @Test
  void addingChangesNoOtherResult() {
    assertTrue(loading.add("none", null));
    assertFalse(loading.add("none", "a"));
    assertTrue(loading.add("k", "a"));
    assertFalse(loading.add("k", null));

    assertEquals(Optional.of(result(null)), loading.find("none"));
    assertEquals(Optional.of(result("a")), loading.find("k"));
  }

  @Test
  void nullNeedsALifetime() {
    Loading<String> valuesOnly = cache.loading(String.class);

    assertThrows(IllegalArgumentException.class, () -> valuesOnly.store("k", null));
    assertThrows(IllegalArgumentException.class, () -> valuesOnly.add("k", null));
    assertEquals(Optional.empty(), valuesOnly.find("k"));
  }

  @Test
  void keysOfViewsAreShorter() {
    assertEquals(250, cache.maxKeyBytes());
    assertEquals(250 - "größe:".length() - 2, cache.app("größe").maxKeyBytes());
    Cache nested = cache.app("a").app("b");
    nested.set("k".repeat(nested.maxKeyBytes()), "a", Duration.ofMinutes(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> nested.set("k".repeat(nested.maxKeyBytes() + 1), "a", Duration.ofMinutes(1)));
  }
}

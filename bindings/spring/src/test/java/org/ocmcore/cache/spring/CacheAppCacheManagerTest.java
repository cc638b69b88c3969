package org.ocmcore.cache.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.testing.MutableClock;

class CacheAppCacheManagerTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock();
  private final Cache cache = Cache.builder(MemoryStore.open(clock)).build();

  @AfterEach
  void close() {
    cache.close();
  }

  private String rejection(String name, Duration lifetime) {
    CacheAppCacheManagerBuilder builder =
        CacheAppCacheManager.builder(cache).cache("users", String.class, HOUR);
    return assertThrows(
            IllegalArgumentException.class, () -> builder.cache(name, String.class, lifetime))
        .getMessage();
  }

  @Test
  void namesAreThoseConfigured() {
    CacheAppCacheManager caches = CacheAppCacheManager.builder(cache)
        .cache("users", String.class, HOUR)
        .cache("orders", String.class, HOUR)
        .build();

    assertEquals(List.of("users", "orders"), List.copyOf(caches.getCacheNames()));
    assertSame(caches.getCache("users"), caches.getCache("users"));
  }

  @Test
  void otherNamesSayHowToConfigureThem() {
    CacheAppCacheManager caches =
        CacheAppCacheManager.builder(cache).cache("users", String.class, HOUR).build();

    String message = assertThrows(IllegalArgumentException.class, () -> caches.getCache("orders"))
        .getMessage();
    assertTrue(message.contains(".cache(\"orders\", User.class"), message);
    assertTrue(message.contains("[users]"), message);
  }

  @Test
  void wrongNamesAreRejected() {
    assertTrue(rejection("a:b", HOUR).contains("\"a:b\" cannot have this name"));
    assertTrue(rejection("", HOUR).contains("must not be empty"));
    assertTrue(rejection("users", HOUR).contains("configured twice"));
    assertTrue(rejection("cache-app", HOUR).contains("reserved"));
    assertTrue(rejection("n".repeat(198), HOUR).contains("leaves 51 bytes"));
    assertTrue(rejection("a b", HOUR).contains("space"));
  }

  @Test
  void wrongLifetimesAreRejected() {
    assertTrue(rejection("orders", Duration.ZERO).contains("not positive"));
  }

  @Test
  void longNamesLeaveRoomForKeys() {
    String name = "n".repeat(197);
    org.springframework.cache.Cache longest = CacheAppCacheManager.builder(cache)
        .cache(name, String.class, HOUR)
        .build()
        .getCache(name);
    longest.put("k".repeat(300), "a");
    assertEquals("a", longest.get("k".repeat(300), String.class));
  }

  @Test
  void cachesOfAViewStayInside() {
    Cache shop = cache.app("shop");
    org.springframework.cache.Cache users = CacheAppCacheManager.builder(shop)
        .cache("users", String.class, HOUR)
        .build()
        .getCache("users");
    users.put("k".repeat(240), "a");
    users.put("ada", "b");

    assertEquals("a", users.get("k".repeat(240), String.class));
    assertEquals("b", cache.get("shop:users:ada", String.class).orElseThrow());
  }

  @Test
  void policiesChangeHowValuesAreLoaded() {
    org.springframework.cache.Cache users = CacheAppCacheManager.builder(cache)
        .cache(
            "users",
            String.class,
            loading -> loading
                .expireAfter(Duration.ofMinutes(1))
                .staleFor(Duration.ofMinutes(1))
                .cacheMissesFor(Duration.ofSeconds(10)))
        .build()
        .getCache("users");
    users.put("ada", "old");
    users.put("nobody", null);

    clock.advance(Duration.ofSeconds(70));

    assertNull(users.get("nobody"));
    assertEquals("old", users.get("ada", String.class));
    assertEquals("new", users.get("ada", () -> "new"));
  }
}

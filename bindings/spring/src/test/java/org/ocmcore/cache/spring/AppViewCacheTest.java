package org.ocmcore.cache.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.interceptor.SimpleKey;

class AppViewCacheTest {
  private static final User ADA = new User("Ada", 3);
  private static final User GRACE = new User("Grace", 5);

  private final MutableClock clock = new MutableClock();
  private final Cache cache =
      Cache.builder(MemoryStore.open(clock)).codec(new UserCodec()).build();
  private final CacheAppCacheManager caches = CacheAppCacheManager.builder(cache)
      .cache("users", User.class, Duration.ofHours(1))
      .cache("teams", new TypeRef<List<User>>() {}, Duration.ofHours(1))
      .cache("counts", int.class, Cache.FOREVER)
      .build();
  private final org.springframework.cache.Cache users = caches.getCache("users");

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void valuesComeBackAsTheirType() {
    users.put(1L, ADA);
    caches.getCache("teams").put("core", List.of(ADA, GRACE));
    caches.getCache("counts").put("ada", 3);

    assertEquals(ADA, users.get(1L).get());
    assertEquals(ADA, users.get(1L, User.class));
    assertEquals(List.of(ADA, GRACE), caches.getCache("teams").get("core").get());
    assertEquals(3, caches.getCache("counts").get("ada", int.class));
    assertNull(users.get(1));
    assertNull(users.get(2L, User.class));
  }

  @Test
  void keysBelongToTheAppView() {
    users.put("ada", ADA);

    assertEquals(Optional.of(ADA), cache.get("users:ada", User.class));
    assertSame(cache.app("users"), users.getNativeCache());
    assertEquals("users", users.getName());
  }

  @Test
  void keysOfAnyLengthAreStored() {
    for (int length : new int[] {244, 245, 10_000}) {
      users.put("k".repeat(length), new User("Ada", length));
      assertEquals(length, users.get("k".repeat(length), User.class).logins());
    }
  }

  @Test
  void nullIsRemembered() {
    users.put("nobody", null);

    ValueWrapper found = users.get("nobody");
    assertNotNull(found);
    assertNull(found.get());
    assertNull(users.get("nobody", User.class));
    assertNull(users.get("nobody", () -> fail("loads")));
    assertNull(users.get("other"));
  }

  @Test
  void valuesAndNullsExpire() {
    users.put("ada", ADA);
    users.put("nobody", null);

    clock.advance(Duration.ofHours(1).plusSeconds(1));

    assertNull(users.get("ada"));
    assertNull(users.get("nobody"));
  }

  @Test
  void loadersRunOnceForAKey() {
    AtomicInteger loads = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      assertEquals(ADA, users.get("ada", () -> {
        loads.incrementAndGet();
        return ADA;
      }));
      assertNull(users.get("nobody", () -> {
        loads.incrementAndGet();
        return null;
      }));
    }
    assertEquals(2, loads.get());
  }

  @Test
  void failuresOfLoadersReachTheCaller() {
    IOException failure = new IOException("down");
    ValueRetrievalException thrown = assertThrows(
        ValueRetrievalException.class,
        () -> users.get("ada", () -> {
          throw failure;
        }));

    assertSame(failure, thrown.getCause());
    assertEquals("ada", thrown.getKey());
    assertEquals(ADA, users.get("ada", () -> ADA));
  }

  @Test
  void valuesOfOtherTypesAreRejected() {
    IllegalArgumentException rejected =
        assertThrows(IllegalArgumentException.class, () -> users.put("ada", "text"));
    assertTrue(rejected.getMessage().contains("\"users\""), rejected.getMessage());
    assertThrows(IllegalArgumentException.class, () -> users.putIfAbsent("ada", 1));
    assertThrows(ValueRetrievalException.class, () -> users.get("ada", () -> (Object) "text"));
    assertNull(users.get("ada"));

    users.put("ada", ADA);
    assertThrows(IllegalStateException.class, () -> users.get("ada", String.class));
  }

  @Test
  void puttingIfAbsentKeepsWhatExists() {
    assertNull(users.putIfAbsent("ada", ADA));
    assertEquals(ADA, users.putIfAbsent("ada", GRACE).get());
    assertNull(users.putIfAbsent("nobody", null));
    ValueWrapper existing = users.putIfAbsent("nobody", ADA);
    assertNotNull(existing);
    assertNull(existing.get());
    assertEquals(ADA, users.get("ada").get());
  }

  @Test
  void evictedKeysAreGone() {
    users.put("ada", ADA);
    users.put("grace", GRACE);
    users.evict("ada");

    assertNull(users.get("ada"));
    assertFalse(users.evictIfPresent("ada"));
    assertTrue(users.evictIfPresent("grace"));
  }

  @Test
  void clearingConcernsOneCache() {
    users.put("ada", ADA);
    users.put(new SimpleKey("a b", 1), ADA);
    users.put("nobody", null);
    caches.getCache("counts").put("ada", 1);
    cache.set("usersettings", "text", Duration.ofHours(1));

    users.clear();

    assertNull(users.get("ada"));
    assertNull(users.get("nobody"));
    assertEquals(1, caches.getCache("counts").get("ada", Integer.class));
    assertTrue(cache.get("usersettings", String.class).isPresent());
  }

  @Test
  void invalidatingSaysWhetherThereWasAnything() {
    assertFalse(users.invalidate());
    users.put("ada", ADA);
    assertTrue(users.invalidate());
    assertNull(users.get("ada"));
  }

  @Test
  void retrievingDoesNotWait() {
    users.put("ada", ADA);
    users.put("nobody", null);

    assertEquals(ADA, ((ValueWrapper) users.retrieve("ada").join()).get());
    assertNull(((ValueWrapper) users.retrieve("nobody").join()).get());
    assertNull(users.retrieve("other").join());
  }

  @Test
  void retrievingLoadsOnce() {
    CompletableFuture<User> loaded = new CompletableFuture<>();
    AtomicInteger loads = new AtomicInteger();
    List<CompletableFuture<User>> callers = Stream.generate(() -> users.retrieve("ada", () -> {
          loads.incrementAndGet();
          return loaded;
        }))
        .limit(50)
        .toList();
    callers.get(0).cancel(true);
    loaded.complete(ADA);

    callers.stream().skip(1).forEach(caller -> assertEquals(ADA, caller.join()));
    assertEquals(1, loads.get());
    assertEquals(ADA, users.get("ada").get());
  }

  @Test
  void failedRetrievalsAreTriedAgain() {
    IOException failure = new IOException("down");
    CompletableFuture<User> failed =
        users.retrieve("ada", () -> CompletableFuture.failedFuture(failure));
    CompletionException thrown = assertThrows(CompletionException.class, failed::join);

    assertSame(failure, assertInstanceOf(IOException.class, thrown.getCause()));
    assertEquals(
        ADA, users.retrieve("ada", () -> CompletableFuture.completedFuture(ADA)).join());
    assertNull(users
        .retrieve("nobody", () -> CompletableFuture.<User>completedFuture(null))
        .join());
    assertNotNull(users.get("nobody"));
  }
}

package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.jackson.JacksonCodec;
import org.ocmcore.cache.junit.CacheExtension;
import org.ocmcore.cache.junit.TestClock;

final class CartsTest {
  @RegisterExtension
  static final CacheExtension CACHES =
      CacheExtension.create().building(builder -> builder.codec(JacksonCodec.create()));

  private final TestClock clock;
  private final Carts carts;

  CartsTest(Cache cache, TestClock clock) {
    this.clock = clock;
    carts = new Carts(cache);
  }

  @Test
  void productsAddUp() {
    carts.add("s1", "tea");
    carts.add("s1", "cup");
    carts.add("s2", "cup");
    assertEquals(Map.of("tea", 2, "cup", 1), carts.add("s1", "tea").quantities());
    assertEquals(Map.of("tea", 2, "cup", 1), carts.of("s1").quantities());
    assertEquals(2, carts.count());
  }

  @Test
  void changesAtTheSameTimeAreKept() {
    CompletableFuture.allOf(IntStream.range(0, 20)
            .mapToObj(tab -> CompletableFuture.runAsync(() -> carts.add("s1", "tea")))
            .toArray(CompletableFuture<?>[]::new))
        .join();
    assertEquals(Map.of("tea", 20), carts.of("s1").quantities());
  }

  @Test
  void anOldCartIsGone() {
    carts.add("s1", "tea");
    clock.advance(Carts.LIFETIME);
    assertEquals(Cart.EMPTY, carts.of("s1"));
  }

  @Test
  void aRemovedCartIsEmpty() {
    carts.add("s1", "tea");
    assertTrue(carts.remove("s1"));
    assertFalse(carts.remove("s1"));
    assertEquals(Cart.EMPTY, carts.of("s1"));
  }
}

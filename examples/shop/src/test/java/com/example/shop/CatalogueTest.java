package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.jackson.JacksonCodec;
import org.ocmcore.cache.junit.CacheExtension;
import org.ocmcore.cache.junit.TestClock;

final class CatalogueTest {
  @RegisterExtension
  static final CacheExtension CACHES =
      CacheExtension.create().building(builder -> builder.codec(JacksonCodec.create()));

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Product TEA = new Product("tea", "Green tea", 495);
  private static final Product CUP = new Product("cup", "Cup", 1250);

  private final TestClock clock;
  private final Cache cache;
  private final SampleProducts table = new SampleProducts(CUP, TEA);
  private final Catalogue catalogue;

  CatalogueTest(Cache cache, TestClock clock) {
    this.clock = clock;
    this.cache = cache;
    catalogue = new Catalogue(cache, table);
  }

  @Test
  void aProductIsLoadedOnce() {
    for (int read = 0; read < 3; read++) {
      assertEquals(Optional.of(TEA), catalogue.find("tea"));
    }
    assertEquals(1, table.queries());
  }

  @Test
  void aProductIsLoadedAgainWhenItExpires() {
    catalogue.find("tea");
    table.changePrice("tea", 450);
    clock.advance(Catalogue.LIFETIME.minus(SECOND));
    assertEquals(Optional.of(TEA), catalogue.find("tea"));
    clock.advance(SECOND);
    assertEquals(Optional.of(TEA.withPrice(450)), catalogue.find("tea"));
  }

  @Test
  void anUnknownProductIsEmpty() {
    assertEquals(Optional.empty(), catalogue.find("milk"));
  }

  @Test
  void theListMayBeStaleForAWhile() {
    assertEquals(List.of(TEA, CUP), catalogue.cheapest());
    table.changePrice("cup", 100);
    assertEquals(List.of(TEA, CUP), catalogue.cheapest());
    clock.advance(Catalogue.LIST_LIFETIME.plus(Catalogue.LIST_STALE).plus(SECOND));
    assertEquals(List.of(CUP.withPrice(100), TEA), catalogue.cheapest());
  }

  @Test
  void aNewPriceIsSeenAtOnce() {
    catalogue.find("tea");
    catalogue.changePrice("tea", 450);
    assertEquals(Optional.of(TEA.withPrice(450)), catalogue.find("tea"));
    assertEquals(1, table.queries());
  }

  @Test
  void aPriceOfAnUncachedProductChanges() {
    catalogue.changePrice("tea", 450);
    assertEquals(Optional.of(TEA.withPrice(450)), catalogue.find("tea"));
  }

  @Test
  void aLostRaceLeavesThePriceOfTheTable() {
    catalogue.find("tea");
    ProductTable overtaken = new ProductTable() {
      @Override
      public Product find(String sku) {
        return table.find(sku);
      }

      @Override
      public List<Product> cheapest() {
        return table.cheapest();
      }

      @Override
      public void changePrice(String sku, long cents) {
        table.changePrice(sku, cents);
        catalogue.changePrice(sku, 400);
      }
    };
    new Catalogue(cache, overtaken).changePrice("tea", 450);
    assertEquals(Optional.of(TEA.withPrice(400)), catalogue.find("tea"));
  }
}

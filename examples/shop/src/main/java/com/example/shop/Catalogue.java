package com.example.shop;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Loading;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.client.Versioned;

/** Products, from the cache if it has them. For any number of threads. */
final class Catalogue {
  static final Duration LIFETIME = Duration.ofHours(1);
  static final Duration LIST_LIFETIME = Duration.ofMinutes(1);
  static final Duration LIST_STALE = Duration.ofMinutes(10);

  private static final String LIST = "cheapest";
  private static final TypeRef<List<Product>> PRODUCTS = new TypeRef<>() {};

  private final Cache products;
  private final Loading<List<Product>> lists;
  private final ProductTable table;

  Catalogue(Cache cache, ProductTable table) {
    this.products = cache.app("product");
    // While one thread loads a new list, all others show the stale one.
    this.lists =
        cache.app("product-list").loading(PRODUCTS).expireAfter(LIST_LIFETIME).staleFor(LIST_STALE);
    this.table = table;
  }

  /** The product; empty if the shop does not sell it. */
  Optional<Product> find(String sku) {
    return Optional.ofNullable(
        products.getOrLoad(sku, Product.class, LIFETIME, () -> table.find(sku)));
  }

  /** All products, the cheapest first. Prices may be up to eleven minutes old. */
  List<Product> cheapest() {
    return lists.get(LIST, table::cheapest);
  }

  /**
   * Changes a price in the table, and in the cache if the product is there.
   *
   * <p>The cached product is replaced only if it is still the one that was read before. Otherwise
   * somebody else has changed it meanwhile; then it is deleted, and the next reader loads what the
   * table has.
   */
  void changePrice(String sku, long cents) {
    Optional<Versioned<Product>> seen = products.getVersioned(sku, Product.class);
    table.changePrice(sku, cents);
    boolean isReplaced = seen.isPresent()
        && products.replace(
            sku, seen.get().version(), seen.get().value().withPrice(cents), LIFETIME);
    if (!isReplaced) {
      products.delete(sku);
    }
  }
}

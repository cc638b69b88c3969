package com.example.shop;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A table in memory, which counts the queries. Your application asks a database here. */
final class SampleProducts implements ProductTable {
  private final Map<String, Product> rows = new ConcurrentHashMap<>();
  private final AtomicInteger queries = new AtomicInteger();

  SampleProducts(Product... products) {
    Stream.of(products).forEach(product -> rows.put(product.sku(), product));
  }

  @Override
  public Product find(String sku) {
    queries.incrementAndGet();
    return rows.get(sku);
  }

  @Override
  public List<Product> cheapest() {
    queries.incrementAndGet();
    return rows.values().stream()
        .sorted(Comparator.comparingLong(Product::cents).thenComparing(Product::sku))
        .toList();
  }

  @Override
  public void changePrice(String sku, long cents) {
    rows.computeIfPresent(sku, (key, product) -> product.withPrice(cents));
  }

  /** How often the table was asked. */
  int queries() {
    return queries.get();
  }
}

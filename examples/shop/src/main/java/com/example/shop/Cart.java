package com.example.shop;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How many of each product a visitor wants to buy, by SKU. */
record Cart(Map<String, Integer> quantities) {
  static final Cart EMPTY = new Cart(Map.of());

  Cart {
    quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
  }

  /** This cart with one more of the product. */
  Cart plus(String sku) {
    Map<String, Integer> more = new TreeMap<>(quantities);
    more.merge(sku, 1, Integer::sum);
    return new Cart(more);
  }
}

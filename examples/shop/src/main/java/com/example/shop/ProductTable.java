package com.example.shop;

import java.util.List;

/** The table of all products. It is slow, and it has the truth. */
interface ProductTable {
  /** The product, or null if there is none. */
  Product find(String sku);

  /** All products, the cheapest first. */
  List<Product> cheapest();

  /** Changes the price of a product; does nothing if there is none. */
  void changePrice(String sku, long cents);
}

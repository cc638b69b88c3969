package com.example.shop;

/** A product that the shop sells, with its price in cents. */
record Product(String sku, String name, long cents) {
  Product withPrice(long newCents) {
    return new Product(sku, name, newCents);
  }
}

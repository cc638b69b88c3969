package com.example.shop;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Versioned;

/** The carts of all sessions. They live in the cache alone. For any number of threads. */
final class Carts {
  /** A cart that does not change for this time is gone. */
  static final Duration LIFETIME = Duration.ofHours(2);

  private static final int ATTEMPTS = 100;

  private final Cache carts;

  Carts(Cache cache) {
    this.carts = cache.app("cart");
  }

  Cart of(String session) {
    return carts.get(session, Cart.class).orElse(Cart.EMPTY);
  }

  /**
   * Puts one more of the product into the cart; returns the new cart. No change is lost, however
   * many browser tabs send theirs at the same time.
   */
  Cart add(String session, String sku) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Versioned<Cart>> seen = carts.getVersioned(session, Cart.class);
      Cart changed = seen.map(Versioned::value).orElse(Cart.EMPTY).plus(sku);
      boolean isStored = seen.isPresent()
          ? carts.replace(session, seen.get().version(), changed, LIFETIME)
          : carts.add(session, changed, LIFETIME);
      if (isStored) {
        return changed;
      }
    }
    throw new IllegalStateException("the cart changes too often; try again later");
  }

  /** Empties the cart; returns whether there was one. */
  boolean remove(String session) {
    return carts.delete(session);
  }

  /** How many visitors have a cart. This walks all keys of all servers: for reports only. */
  long count() {
    try (Stream<String> sessions = carts.keys(".")) {
      return sessions.count();
    }
  }
}

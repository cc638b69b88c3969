package org.ocmcore.cache.domain.named;

import java.time.Instant;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.JsonMark;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Precondition;

/**
 * A value to store, and what stays of the item that it replaces.
 *
 * @param keepsFlags whether the flags of an older value stay, unless that is marked as JSON
 * @param lifetime empty if the older one stays
 * @param precondition of the copy that {@link KeyRouter#read} finds
 */
public record StoreRequest(
    CacheKey key,
    CacheValue value,
    boolean keepsFlags,
    Optional<Lifetime> lifetime,
    Precondition precondition) {
  /** @throws IllegalArgumentException if the lifetime of a key should stay that must be absent */
  public StoreRequest {
    if (lifetime.isEmpty() && precondition.kind() == Precondition.Kind.ABSENT) {
      throw new IllegalArgumentException(
          "the lifetime of a key cannot stay if the key must be absent: give a lifetime");
    }
  }

  /** A request without a precondition. */
  public StoreRequest(
      CacheKey key, CacheValue value, boolean keepsFlags, Optional<Lifetime> lifetime) {
    this(key, value, keepsFlags, lifetime, Precondition.NONE);
  }

  /** Whether the older value must be read. */
  public boolean needsOlder() {
    return keepsFlags || lifetime.isEmpty();
  }

  /** The value to store instead of an older one. */
  CacheValue valueOver(CacheEntry older) {
    return keepsFlags && !JsonMark.isOn(older.value())
        ? CacheValue.wrap(value.bytes(), older.value().flags())
        : value;
  }

  /** The lifetime to store instead of that of an older value, which has not expired. */
  Lifetime lifetimeOver(CacheEntry older, Instant now) {
    return lifetime.orElseGet(() -> older.expiry().lifetime(now));
  }
}

package org.ocmcore.cache.domain.named;

import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.port.StoreOutcome;

/**
 * Operations on the copy of a key on one server, whether the key belongs there or not. Safe for use
 * by any number of threads.
 */
final class KeyCopies {
  private final Store store;

  KeyCopies(Store store) {
    this.store = store;
  }

  private boolean isHome(String server, CacheKey key) {
    return store.cache().place(key).server().equals(server);
  }

  Optional<PlacedEntry> read(String server, CacheKey key) {
    return store
        .cache()
        .read(new PlacedKey(key, server))
        .map(found -> new PlacedEntry(found.entry(), found.version(), server));
  }

  /** What is known of the copy; leaves it as it is. */
  Optional<VersionedInfo> inspect(String server, CacheKey key) {
    return store.cache().inspect(new PlacedKey(key, server));
  }

  /** Whether the server holds the key. Neither reads the value nor marks it as read. */
  boolean isHeld(String server, CacheKey key) {
    boolean[] held = new boolean[1];
    store.bulk().find(server, List.of(key).iterator(), (same, isThere) -> held[0] = isThere);
    return held[0];
  }

  /** @throws ValueTooLarge if it exceeds the server's limit; the older value stays */
  void store(String server, CacheKey key, CacheValue value, Lifetime lifetime) {
    Expiry expiry = Expiry.after(store.clock().instant(), lifetime);
    CacheEntry entry = new CacheEntry(key, value, expiry);
    Result<StoreOutcome> result = new Result<>();
    store.bulk().store(server, List.of(entry).iterator(), false, result::set);
    if (result.outcome == StoreOutcome.TOO_LARGE) {
      throw new ValueTooLarge(key.toString(), entry.size(), store.bulk().maxItemSize(server));
    }
    result.requireNot(StoreOutcome.REFUSED, server, "store", key);
  }

  /** Returns whether the server holds the key. */
  boolean refresh(String server, CacheKey key, Lifetime lifetime) {
    if (isHome(server, key)) {
      return store.cache().refresh(key, lifetime);
    }
    Result<KeyOutcome> result = new Result<>();
    store.bulk().refresh(server, List.of(new NewLifetime(key, lifetime)).iterator(), result::set);
    return result.requireNot(KeyOutcome.REFUSED, server, "refresh", key) == KeyOutcome.DONE;
  }

  /** Returns whether the server held the key. */
  boolean delete(String server, CacheKey key) {
    if (isHome(server, key)) {
      return store.cache().delete(key);
    }
    Result<KeyOutcome> result = new Result<>();
    store.bulk().delete(server, List.of(key).iterator(), result::set);
    return result.requireNot(KeyOutcome.REFUSED, server, "delete", key) == KeyOutcome.DONE;
  }

  /** The result of bulk work on one key. For one thread. */
  private static final class Result<O> {
    private O outcome;
    private String reason;

    void set(Object item, O reported, String words) {
      outcome = reported;
      reason = words;
    }

    O requireNot(O refused, String server, String operation, CacheKey key) {
      if (outcome == refused) {
        throw StoreUnavailable.refused(
            server, "%s of key '%s'".formatted(operation, key), reason, null);
      }
      return outcome;
    }
  }
}

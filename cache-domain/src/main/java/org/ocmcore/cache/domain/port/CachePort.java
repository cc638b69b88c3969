package org.ocmcore.cache.domain.port;

import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * A store of values under keys, on one server or on many.
 *
 * <p>All methods may be called from any number of threads. An entry that has expired is absent.
 * Each method for a single key is atomic; {@link #readAll} is so key by key only. Changes of many
 * keys are the {@link BulkPort}'s. Where the keys are spread over servers, a key alone goes to the
 * server that {@link #place} names; a {@link PlacedKey} goes where it says, which matters where
 * another client has placed a key by a rule of its own.
 *
 * <p>A server that is down, slow or talking nonsense is never an empty answer: methods for a single
 * key throw {@link org.ocmcore.cache.domain.error.StoreUnavailable} within the adapter's time
 * limit, {@link #readAll} says so as written there. Nothing is ever null.
 */
public interface CachePort {
  /** The value, or empty if there is none. */
  Optional<CacheValue> get(CacheKey key);

  /** Value, flags and expiry as they are at one moment, or empty if there is no such key. */
  Optional<CacheEntry> read(CacheKey key);

  /**
   * Stores the value, whether the key exists or not. It replaces value, flags and lifetime.
   *
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge if the item is over the store's limit;
   *     what stood there stays
   */
  void store(CacheKey key, CacheValue value, Lifetime lifetime);

  /**
   * Stores the value if the key is absent.
   *
   * @return whether it was absent
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge as in {@link #store}
   */
  boolean add(CacheKey key, CacheValue value, Lifetime lifetime);

  /** Removes the key; returns whether it was there. */
  boolean delete(CacheKey key);

  /**
   * Gives the key a new lifetime that begins now, without reading or writing its value; returns
   * whether it was there.
   */
  boolean refresh(CacheKey key, Lifetime lifetime);

  /**
   * Removes everything on every server. If a server fails the others are cleared all the same, and
   * it throws; the message names those that were not cleared.
   */
  void clear();

  /** The server that this key belongs on. */
  PlacedKey place(CacheKey key);

  /**
   * Reads many entries, each as {@link #read} does. Keys that are not there are left out; the order
   * is that of the argument. All values are in memory at once: the caller bounds the batch.
   *
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable if any server fails: it is all or
   *     nothing
   */
  List<CacheEntry> readAll(List<PlacedKey> keys);
}

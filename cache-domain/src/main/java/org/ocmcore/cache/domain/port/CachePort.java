package org.ocmcore.cache.domain.port;

import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * A store of values under keys, on one server or several.
 *
 * <p>Any number of threads may call all methods. An expired entry is absent. Each method for a
 * single key is atomic; {@link #readAll} is atomic for each key. {@link BulkPort} changes many
 * keys. If there are several servers, a key goes to the server that {@link #place} names. A
 * {@link PlacedKey} goes to the server that it names itself; this matters if another client placed
 * the key by another rule.
 *
 * <p>A server that fails is never an empty result. Methods for a single key throw
 * {@link org.ocmcore.cache.domain.error.StoreUnavailable} within the adapter's time limit; see
 * {@link #readAll} for many keys. Nothing is ever null.
 */
public interface CachePort {
  /** The value; empty if the key is absent. */
  Optional<CacheValue> get(CacheKey key);

  /** Value, flags and expiry as they are at one moment; empty if the key is absent. */
  Optional<CacheEntry> read(CacheKey key);

  /**
   * Stores the value, whether the key exists or not. Replaces value, flags and lifetime.
   *
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge if the item exceeds the store's limit; the
   *     older value stays
   */
  void store(CacheKey key, CacheValue value, Lifetime lifetime);

  /**
   * Stores the value if the key is absent.
   *
   * @return whether it was absent
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge as in {@link #store(CacheKey, CacheValue,
   *     Lifetime)}
   */
  boolean add(CacheKey key, CacheValue value, Lifetime lifetime);

  /** Deletes the key; returns whether it existed. */
  boolean delete(CacheKey key);

  /**
   * Gives the key a new lifetime that begins now; returns whether the key existed. Neither reads
   * nor writes the value.
   */
  boolean refresh(CacheKey key, Lifetime lifetime);

  /**
   * Removes everything from every server. If a server fails, the others are still cleared.
   *
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable if a server failed; names all that were
   *     not cleared
   */
  void clear();

  /**
   * Adds to the number under a key, in one step at the server. A number is decimal digits, below
   * 2<sup>64</sup>. If the key is absent, it is stored: the delta with this lifetime, or 0 for a
   * negative delta. An existing number keeps its lifetime and flags.
   *
   * <p>A sum beyond 2<sup>64</sup> - 1 starts again from 0. A difference below 0 becomes 0
   * (memcached doc/protocol.txt, "Increment/Decrement").
   *
   * @return the new number, as an unsigned long
   * @throws org.ocmcore.cache.domain.error.UnexpectedValue if the value is no number
   */
  long increment(CacheKey key, long delta, Lifetime lifetime);

  /**
   * The entry with its version, for {@link #replace}; empty if the key is absent.
   *
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable also if the server keeps no versions
   */
  Optional<VersionedEntry> readVersioned(CacheKey key);

  /**
   * Replaces value, flags and lifetime if the entry still has this version (compare and set).
   *
   * @param version from {@link #readVersioned}
   * @return false if the entry has changed or is absent
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge as in {@link #store(CacheKey, CacheValue,
   *     Lifetime)}
   */
  boolean replace(CacheKey key, long version, CacheValue value, Lifetime lifetime);

  /**
   * The copy of a key on one server, with its version; empty if the server has none. The version is
   * {@link VersionedEntry#UNVERSIONED} if the server keeps no versions.
   */
  Optional<VersionedEntry> read(PlacedKey key);

  /**
   * What is known of the copy of a key on one server, with its version; empty if the server has
   * none. The copy stays as it is: this is neither its last access, nor does it count as fetched.
   * The flags are unknown where the store does not tell them without a read.
   */
  Optional<VersionedInfo> inspect(PlacedKey key);

  /**
   * Stores a value on one server if a precondition holds there. Replaces value, flags and lifetime.
   *
   * @return false if the precondition does not hold; nothing is stored then
   * @throws org.ocmcore.cache.domain.error.ValueTooLarge as in {@link #store(CacheKey, CacheValue,
   *     Lifetime)}
   */
  boolean store(PlacedKey key, CacheValue value, Lifetime lifetime, Precondition precondition);

  /**
   * Deletes the copy of a key on one server if it still has this version.
   *
   * @param version from {@link #read(PlacedKey)} or {@link #inspect}, not 0
   * @return false if the copy has changed or is absent
   */
  boolean delete(PlacedKey key, long version);

  /** The server where this key belongs. */
  PlacedKey place(CacheKey key);

  /**
   * Reads many entries, as {@link #read} does. Absent keys are left out; the order is that of the
   * argument. All values are in memory at once, so the caller limits the batch.
   *
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable if any server fails; there is no
   *     partial result
   */
  List<CacheEntry> readAll(List<PlacedKey> keys);
}

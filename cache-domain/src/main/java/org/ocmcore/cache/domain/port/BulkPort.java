package org.ocmcore.cache.domain.port;

import java.util.Iterator;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Pipelined work on any number of keys of one server. Requests go out while answers come in; at
 * most a few MiB of both are on the way, or one larger item.
 *
 * <p>A method takes keys from an iterator as there is room, and reports each to a visitor in the
 * same order, after the server has answered. The calling thread calls both. Both may block; no time
 * limit counts that time. An exception from either ends the work and reaches the caller.
 *
 * <p>Any number of threads may call all methods at the same time. A method returns after it has
 * reported all keys. It throws {@link org.ocmcore.cache.domain.error.StoreUnavailable} if the
 * server fails or does not answer in time, or if the thread is interrupted (its flag is then set);
 * keys that were not reported may have been changed or not. Expired entries are absent.
 */
public interface BulkPort {
  /**
   * Reads entries with value, flags and expiry, as {@link CachePort#read} does.
   *
   * @param server one of {@link KeyspacePort#servers()}, whether the keys belong there or not
   * @param keys with their sizes, which limit how many are requested at once
   */
  void read(String server, Iterator<KeyInfo> keys, ReadVisitor visitor);

  /** Checks which keys exist. Neither reads values nor marks them as read. */
  void find(String server, Iterator<CacheKey> keys, FindVisitor visitor);

  /**
   * Stores entries until their own expiry.
   *
   * @param server one of {@link KeyspacePort#servers()}; the caller knows that the keys belong
   *     there
   * @param onlyAbsent stores like {@link CachePort#add} if true, like {@link CachePort#store} if
   *     false
   */
  void store(String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor);

  /** Deletes keys. */
  void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor);

  /** Gives keys new lifetimes. Neither reads nor writes their values. */
  void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor);

  /** The largest item that the server accepts, in bytes. */
  long maxItemSize(String server);

  /** Receives the results of reads. */
  interface ReadVisitor {
    /** The key exists. */
    void found(KeyInfo key, CacheEntry entry);

    /** The key does not exist any more. */
    void absent(KeyInfo key);

    /**
     * The key exists, and its value is not one to keep: a client marked it as stale, or it is the
     * placeholder of a client that is about to store the first value.
     */
    void stale(KeyInfo key);

    /** The server works but refused to answer for this key. */
    void refused(KeyInfo key, String reason);
  }

  /** Receives which keys exist. */
  @FunctionalInterface
  interface FindVisitor {
    void visit(CacheKey key, boolean isThere);
  }

  /** Receives the results of changes. */
  @FunctionalInterface
  interface KeyVisitor<T> {
    /** @param reason in words if the outcome is {@link KeyOutcome#REFUSED}, otherwise empty */
    void visit(T key, KeyOutcome outcome, String reason);
  }

  /** Receives the results of stores. */
  @FunctionalInterface
  interface StoreVisitor {
    /** @param reason in words if the outcome is {@link StoreOutcome#REFUSED}, otherwise empty */
    void visit(CacheEntry entry, StoreOutcome outcome, String reason);
  }
}

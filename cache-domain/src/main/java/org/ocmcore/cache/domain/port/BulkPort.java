package org.ocmcore.cache.domain.port;

import java.util.Iterator;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Work on any number of keys of one server, in a pipeline: requests go out while answers come in,
 * and at most a few MiB of both are under way, or one larger item.
 *
 * <p>What is worked on is taken from an iterator as room comes, and each is told to a visitor in
 * the same order, once the server has answered; both are called by the calling thread. Either may
 * block: nothing is asked for meanwhile that there is no room for, and no time limit counts it.
 * What it throws ends the work and reaches the caller.
 *
 * <p>Methods may be called from any thread, any number at a time. They return when all is told, and
 * throw {@link org.ocmcore.cache.domain.error.StoreUnavailable} if the server fails or does not
 * answer in time, or if this thread is interrupted, whose flag is then set: what was not told until
 * then may have been done or not. Expired entries are absent.
 */
public interface BulkPort {
  /**
   * Reads entries with value, flags and expiry, each as {@link CachePort#read} does.
   *
   * @param server one of {@link KeyspacePort#servers()}, whether the keys belong there or not
   * @param keys whose sizes tell how many can be asked for at once
   */
  void read(String server, Iterator<KeyInfo> keys, ReadVisitor visitor);

  /** Looks which keys are there, without reading values or marking them as read. */
  void find(String server, Iterator<CacheKey> keys, FindVisitor visitor);

  /**
   * Stores entries, each until its own expiry.
   *
   * @param server one of {@link KeyspacePort#servers()}: the caller knows that they belong there
   * @param onlyAbsent as {@link CachePort#add} if true, as {@link CachePort#store} if not
   */
  void store(String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor);

  /** Removes keys. */
  void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor);

  /** Gives keys new lifetimes, without reading or writing their values. */
  void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor);

  /** The most bytes that an item may take on a server. */
  long maxItemSize(String server);

  /** Is told what became of reads. */
  interface ReadVisitor {
    /** It is there. */
    void found(KeyInfo key, CacheEntry entry);

    /** It is not there any more. */
    void absent(KeyInfo key);

    /** The server refused to answer for this key, though it works. */
    void refused(KeyInfo key, String reason);
  }

  /** Is told which keys are there. */
  @FunctionalInterface
  interface FindVisitor {
    void visit(CacheKey key, boolean isThere);
  }

  /** Is told what became of keys that were to be changed. */
  @FunctionalInterface
  interface KeyVisitor<T> {
    /** @param reason in words if the outcome is {@link KeyOutcome#REFUSED}, else empty */
    void visit(T key, KeyOutcome outcome, String reason);
  }

  /** Is told what became of entries. */
  @FunctionalInterface
  interface StoreVisitor {
    /** @param reason in words if the outcome is {@link StoreOutcome#REFUSED}, else empty */
    void visit(CacheEntry entry, StoreOutcome outcome, String reason);
  }
}

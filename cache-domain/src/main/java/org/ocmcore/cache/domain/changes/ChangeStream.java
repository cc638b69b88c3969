package org.ocmcore.cache.domain.changes;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.AppRule;

/**
 * Hands the changes on all servers to subscribers. A change costs its feed next to nothing while
 * there are no subscribers, and the same for one as for many: they match it on their own threads.
 * Nobody waits for a subscriber. Safe for use by any number of threads.
 */
public final class ChangeStream {
  /** About the most bytes of a change with its key, for the bound by the heap. */
  private static final int BYTES = 512;

  private static final int MIN_CAPACITY = 1 << 10;
  private static final int MAX_CAPACITY = 1 << 16;

  private static final Set<ChangeKind> OWN = EnumSet.of(ChangeKind.STORED, ChangeKind.DELETED);

  private final boolean reportsOwn;
  private final int capacity;
  private final List<ChangeSource> sources = new CopyOnWriteArrayList<>();
  private int subscribers;

  /** Null if there are no subscribers. */
  private volatile ChangeLog log;

  /**
   * A stream that keeps up to 65,536 changes for its subscribers, in at most a 64th of the heap.
   *
   * @param reportsOwn whether {@link #own} reports all stores and deletions, since no other process
   *     changes the keys
   */
  public ChangeStream(boolean reportsOwn) {
    this(reportsOwn, capacity(Runtime.getRuntime().maxMemory()));
  }

  /** @param capacity the number of changes that it keeps, a power of 2, at least 8 */
  ChangeStream(boolean reportsOwn, int capacity) {
    this.reportsOwn = reportsOwn;
    this.capacity = capacity;
  }

  /** The largest power of 2 that fits. */
  static int capacity(long heap) {
    long most = Math.min(MAX_CAPACITY, heap / 64 / BYTES);
    return Integer.highestOneBit((int) Math.max(MIN_CAPACITY, most));
  }

  /** Adds a server; what is reported to the source is published until it is closed. */
  public ChangeSource source(String server) {
    ChangeSource source = new ChangeSource(server, this, reportsOwn ? OWN : Set.of());
    sources.add(source);
    return source;
  }

  void remove(ChangeSource source) {
    sources.remove(source);
  }

  List<ChangeSource> sources() {
    return sources;
  }

  /** Whether anybody receives what is published. */
  boolean hasSubscribers() {
    return log != null;
  }

  void publish(KeyChange change) {
    ChangeLog current = log;
    if (current != null) {
      current.add(change);
    }
  }

  /** Whether somebody receives what {@link #own} publishes. */
  public boolean wantsOwn() {
    return reportsOwn && hasSubscribers();
  }

  /**
   * Publishes a change by this process, unless feeds report it.
   *
   * @param size the whole item in bytes; empty if it is not known
   */
  public void own(ChangeKind kind, CacheKey key, String server, Instant at, OptionalLong size) {
    if (wantsOwn()) {
      publish(new KeyChange(kind, key, server, at, size));
    }
  }

  /**
   * Subscribes to the changes that come from now on.
   *
   * @param apps gives keys to apps
   * @param buffer the most changes that are kept between two calls of
   *     {@link ChangeSubscription#take}, at least 1
   * @return to be closed by the caller
   */
  public synchronized ChangeSubscription subscribe(ChangeQuery query, AppRule apps, int buffer) {
    ChangeLog followed = log == null ? new ChangeLog(capacity) : log;
    ChangeSubscription subscription =
        new ChangeSubscription(this, followed.reader(), query, apps, buffer);
    log = followed;
    subscribers++;
    return subscription;
  }

  /** A subscription has ended. */
  synchronized void unsubscribe() {
    subscribers--;
    if (subscribers == 0) {
      log = null;
    }
  }
}

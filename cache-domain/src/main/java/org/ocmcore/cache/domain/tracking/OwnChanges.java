package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyFingerprint;

/**
 * Changes of one kind by our own work on many keys, which the feed of the server has yet to report.
 * The index has learned of them already, so the reports need not be merged once more. Safe for use
 * by any number of threads.
 *
 * <p>If another client changes the same key at the same time, there are two reports. The first one
 * counts as ours, whichever it is, and the second one is merged; so the index ends with what came
 * last.
 */
final class OwnChanges {
  /** A report that is later than this, or later than twice this, is merged. */
  private static final Duration LIFE = Duration.ofSeconds(15);

  /** The bytes of a change in a bag that is half full. */
  private static final int BYTES = 16;

  /** The most changes that are remembered, the last ones; they take at most a 64th of the heap. */
  private static final long MOST = Math.min(1 << 20, Runtime.getRuntime().maxMemory() / 64 / BYTES);

  private HashBag young = new HashBag();
  private HashBag old = new HashBag();
  private Instant turn = Instant.MIN;
  private volatile boolean isReported;
  private volatile boolean isEmpty = true;

  /**
   * Notes whether a feed that begins reports changes of this kind; or that it ends, which none does
   * any more.
   */
  synchronized void report(boolean isReported) {
    this.isReported = isReported;
    young = new HashBag();
    old = new HashBag();
    isEmpty = true;
  }

  /** Notes a change that is about to be sent. */
  void expect(CacheKey key, Instant now) {
    if (isReported) {
      add(KeyFingerprint.of(key), now);
    }
  }

  private synchronized void add(long hash, Instant now) {
    age(now);
    if (young.size() >= MOST / 2) {
      // Servers under load leave many changes out of their feeds: nobody takes those.
      HashBag oldest = old;
      oldest.clear();
      old = young;
      young = oldest;
    }
    young.add(hash);
    isEmpty = false;
  }

  /** The change of a key was refused: there will be no report. */
  void forget(CacheKey key) {
    if (!isEmpty) {
      take(KeyFingerprint.of(key));
    }
  }

  /**
   * Returns whether a report is of our own change, which is then forgotten.
   *
   * @param at when the change happened
   */
  boolean isOwn(CacheKey key, Instant at) {
    if (isEmpty) {
      return false;
    }
    long hash = KeyFingerprint.of(key);
    synchronized (this) {
      age(at);
      return take(hash);
    }
  }

  private synchronized boolean take(long hash) {
    boolean found = old.remove(hash) || young.remove(hash);
    isEmpty = young.size() == 0 && old.size() == 0;
    return found;
  }

  private void age(Instant now) {
    if (now.isBefore(turn)) {
      return;
    }
    // Both are too old if nothing happened for long.
    old = turn.equals(Instant.MIN) || now.isAfter(turn.plus(LIFE)) ? new HashBag() : young;
    turn = now.plus(LIFE);
    young = new HashBag();
    isEmpty = old.size() == 0;
  }
}

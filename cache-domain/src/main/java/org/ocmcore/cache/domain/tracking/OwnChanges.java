package org.ocmcore.cache.domain.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.ocmcore.cache.domain.key.CacheKey;

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

  /**
   * The most changes of a batch. A bag of so many fits into the cache of a processor: in a larger
   * one, each change would wait for the memory.
   */
  private static final int BATCH = 16 * 1024;

  /** The bytes of a change in a bag that is half full. */
  private static final int BYTES = 16;

  /**
   * The most batches that are remembered, the last ones: more than the buffers on the way from the
   * server can hold. They take at most a 64th of the heap.
   */
  private static final int MOST =
      (int) Math.max(2, Math.min(16, Runtime.getRuntime().maxMemory() / 64 / BYTES / BATCH));

  /** In the order in which they were begun. */
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();

  /** Where the last report was found; the next one is likely there, too. */
  private Batch found;

  private int count;
  private volatile boolean isReported;
  private volatile boolean isEmpty = true;

  /**
   * Changes that were sent one after the other.
   *
   * @param ends when it takes no more
   * @param old when it is forgotten
   */
  private record Batch(HashBag hashes, Instant ends, Instant old) {
    Batch(HashBag hashes, Instant begun) {
      this(hashes, begun.plus(LIFE), begun.plus(LIFE).plus(LIFE));
    }
  }

  /**
   * Notes whether a feed that begins reports changes of this kind; or that it ends, which none does
   * any more.
   */
  synchronized void report(boolean isReported) {
    this.isReported = isReported;
    while (!batches.isEmpty()) {
      drop();
    }
  }

  /** Notes a change that is about to be sent. */
  void expect(CacheKey key, Instant now) {
    if (isReported) {
      add(key.fingerprint(), now);
    }
  }

  private synchronized void add(long hash, Instant now) {
    Batch last = batches.peekLast();
    if (last == null || last.hashes.size() == BATCH || now.isAfter(last.ends)) {
      last = begin(now);
    }
    last.hashes.add(hash);
    count(1);
  }

  private Batch begin(Instant now) {
    forgetOld(now);
    Batch begun = new Batch(emptyBag(), now);
    batches.add(begun);
    return begun;
  }

  private HashBag emptyBag() {
    if (batches.size() == MOST) {
      // Servers under load leave many changes out of their feeds: nobody takes those.
      HashBag oldest = drop();
      oldest.clear();
      return oldest;
    }
    return batches.isEmpty() ? new HashBag() : new HashBag(BATCH);
  }

  private void forgetOld(Instant now) {
    while (!batches.isEmpty() && now.isAfter(batches.peek().old)) {
      drop();
    }
  }

  /** Forgets the oldest batch; returns its bag. */
  private HashBag drop() {
    Batch oldest = batches.remove();
    if (found == oldest) {
      found = null;
    }
    count(-oldest.hashes.size());
    return oldest.hashes;
  }

  private void count(int added) {
    count += added;
    if (isEmpty != (count == 0)) {
      // To write it each time would make other processors wait.
      isEmpty = count == 0;
    }
  }

  /** The change of a key was refused: there will be no report. */
  void forget(CacheKey key) {
    if (!isEmpty) {
      take(key.fingerprint());
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
    long hash = key.fingerprint();
    synchronized (this) {
      forgetOld(at);
      return take(hash);
    }
  }

  private synchronized boolean take(long hash) {
    if (found != null && found.hashes.remove(hash)) {
      count(-1);
      return true;
    }
    for (Batch batch : batches) {
      if (batch != found && batch.hashes.remove(hash)) {
        found = batch;
        count(-1);
        return true;
      }
    }
    return false;
  }
}

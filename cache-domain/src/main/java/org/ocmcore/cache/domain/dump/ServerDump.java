package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.transfer.Throttle;

/**
 * Dumps one server. One thread {@link #walk walks} it; another {@link #read reads} the values of
 * the visited keys at its own pace. Each visited key ends in exactly one count.
 */
final class ServerDump {
  /** The number of keys that are checked for copies at once. */
  private static final int LOOKUP_BATCH = 8_192;

  /** Progress is reported after this number of keys. */
  private static final int STEP = 256;

  private final Store store;
  private final String server;
  private final KeySpool spool;
  private final PartWriter part;
  private final DuplicateResolver copies;
  private final Throttle throttle;
  private final FailureSignal signal;
  private final Progress progress;
  private final Clock clock;

  /** Written by the walk. */
  private volatile long seen;

  // The reader's.
  /** Written by the reader. */
  private long written;

  private long gone;
  private long expired;
  private long elsewhere;
  private long stale;
  private long tooLarge;
  private long failed;

  /** Progress that was not reported yet. */
  private long items;

  private long bytes;

  private Optional<String> failure = Optional.empty();

  ServerDump(
      Store store,
      String server,
      KeySpool spool,
      PartWriter part,
      DuplicateResolver copies,
      Throttle throttle,
      FailureSignal signal,
      Progress progress,
      Clock clock) {
    this.store = store;
    this.server = server;
    this.spool = spool;
    this.part = part;
    this.copies = copies;
    this.throttle = throttle;
    this.signal = signal;
    this.progress = progress;
    this.clock = clock;
  }

  /** Measures the baseline of the server. To be called first. */
  void measure() {
    try {
      throttle.measure();
    } catch (StoreUnavailable e) {
      // Reading it fails, too, and reports that.
      return;
    }
  }

  /** Visits every key of the server. In any case the reader learns that the walk is over. */
  void walk() {
    long[] visited = new long[1];
    try {
      store.keyspace().walk(server, key -> {
        signal.check();
        if (!ReservedKeys.contains(key.key())) {
          spool.add(key);
          visited[0]++;
        }
      });
    } finally {
      seen = visited[0];
      spool.end();
    }
  }

  /**
   * Writes an entry for each key that still exists. Waits only between reads: the lifetime in an
   * answer counts from the answer, so answers must not lie about.
   */
  void read() {
    Keys keys = new Keys();
    try {
      while (keys.await()) {
        store.bulk().read(server, keys, new Visitor());
      }
    } catch (StoreUnavailable e) {
      // Entries that are counted must be in the file, also in a partial dump.
      part.end();
      throw e;
    } finally {
      reportProgress();
    }
    part.end();
  }

  /** Keys are missing. To be called after both threads have ended. */
  void fail(String reason) {
    failure = Optional.of(reason);
    failed = seen - written - gone - expired - elsewhere - stale - tooLarge;
  }

  /** What happened to the keys. To be called after both threads have ended. */
  ServerAccount account() {
    return new ServerAccount(
        server, seen, written, gone, expired, elsewhere, stale, tooLarge, failed, failure);
  }

  private void count(long moreItems, long moreBytes) {
    items += moreItems;
    bytes += moreBytes;
    if (items >= STEP) {
      reportProgress();
    }
  }

  private void reportProgress() {
    progress.checkpoint();
    progress.advance(items, bytes);
    items = 0;
    bytes = 0;
  }

  private final class Visitor implements BulkPort.ReadVisitor {
    @Override
    public void found(KeyInfo key, CacheEntry entry) {
      if (part.write(new DumpEntry(entry, key.lastAccess()))) {
        written++;
        count(1, entry.size());
      } else {
        tooLarge++;
        count(1, 0);
      }
    }

    @Override
    public void absent(KeyInfo key) {
      if (key.expiry().isPast(clock.instant())) {
        expired++;
      } else {
        gone++;
      }
      count(1, 0);
    }

    @Override
    public void stale(KeyInfo key) {
      stale++;
      count(1, 0);
    }

    @Override
    public void refused(KeyInfo key, String reason) {
      failed++;
      count(1, 0);
    }
  }

  /** The keys whose copies here count, as long as there is nothing to wait for. */
  private final class Keys implements Iterator<KeyInfo> {
    private final List<KeyInfo> misplaced = new ArrayList<>();
    private final ArrayDeque<KeyInfo> counting = new ArrayDeque<>();
    private KeyInfo next;

    /** Waits for more keys; returns whether there are any. */
    boolean await() {
      throttle.await();
      while (!hasNext()) {
        if (throttle.isHolding()) {
          throttle.await();
        } else if (misplaced.size() == LOOKUP_BATCH) {
          sort();
        } else if (!spool.await()) {
          if (misplaced.isEmpty()) {
            return false;
          }
          sort();
        }
      }
      return true;
    }

    @Override
    public boolean hasNext() {
      if (next == null && !throttle.isHolding()) {
        next = counting.isEmpty() ? find() : counting.remove();
      }
      return next != null;
    }

    @Override
    public KeyInfo next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      KeyInfo found = next;
      next = null;
      throttle.count();
      return found;
    }

    private KeyInfo find() {
      while (misplaced.size() < LOOKUP_BATCH) {
        signal.check();
        KeyInfo key = spool.poll();
        if (key == null || copies.isHome(key.key())) {
          return key;
        }
        misplaced.add(key);
      }
      return null;
    }

    private void sort() {
      List<KeyInfo> ours = copies.counting(misplaced);
      int others = misplaced.size() - ours.size();
      elsewhere += others;
      count(others, 0);
      counting.addAll(ours);
      misplaced.clear();
    }
  }
}

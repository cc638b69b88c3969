package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;
import org.ocmcore.cache.domain.restore.ScopedDumpReader;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/** Compares dumps with the live cache. Safe for use by any number of threads. */
public final class DumpComparer {
  /** The number of entries that are looked up together. */
  private static final int BATCH = 8_192;

  private static final long BATCH_BYTES = 4 * 1024 * 1024;

  private final Store store;
  private final KeyTracker tracker;
  private final AppRule apps;
  private final Clock clock;

  public DumpComparer(Store store, KeyTracker tracker, AppRule apps, Clock clock) {
    this.store = store;
    this.tracker = tracker;
    this.apps = apps;
    this.clock = clock;
  }

  /**
   * Compares the live cache with a dump. Reads the live value of every key in the dump.
   *
   * @param scope keys of other apps are neither compared nor counted
   * @param limit the most keys that are named in each group, not negative
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is no such dump
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if nothing of it is intact
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable if a server cannot be read or walked
   */
  public DumpDiff diff(
      DumpSource dumps, String name, AppScope scope, int limit, Progress progress) {
    KeyFilter filter = KeyFilter.ALL.within(scope);
    try (ScopedDumpReader reader = ScopedDumpReader.salvage(dumps, name, filter.scope(), apps)) {
      Comparison comparison = new Comparison(filter, limit);
      if (comparison.hasSeveralServers()) {
        // A key may be elsewhere than the ring places it.
        tracker.fresh(Optional.empty(), progress::checkpoint);
      }
      reader.expected().ifPresent(progress::expect);
      comparison.compare(reader, progress);
      comparison.findOthers(progress);
      return comparison.result(reader.info());
    }
  }

  /** One comparison, on one thread. */
  private final class Comparison {
    private final KeyMatcher matcher;
    private final int limit;
    private final KeyHashes known = new KeyHashes();
    private final Map<String, List<CacheEntry>> batches = new HashMap<>();
    private final DumpDiff.Sort onlyInDump;
    private final DumpDiff.Sort onlyLive;
    private final DumpDiff.Sort changed;
    private final Instant now = clock.instant();
    private long batched;
    private long bytes;
    private long same;
    private long expired;

    Comparison(KeyFilter filter, int limit) {
      matcher = new KeyMatcher(filter, apps, now);
      this.limit = limit;
      onlyInDump = new DumpDiff.Sort(limit);
      onlyLive = new DumpDiff.Sort(limit);
      changed = new DumpDiff.Sort(limit);
    }

    void compare(DumpReader reader, Progress progress) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        CacheEntry entry = next.entry();
        known.add(entry.key());
        batches.computeIfAbsent(place(entry.key()), any -> new ArrayList<>()).add(entry);
        batched++;
        bytes += entry.size();
        if (batched == BATCH || bytes >= BATCH_BYTES) {
          compareBatch(progress);
        }
      }
      compareBatch(progress);
    }

    boolean hasSeveralServers() {
      return tracker.servers().size() > 1;
    }

    /** The server of the live key: its home, unless only others hold it. */
    private String place(CacheKey key) {
      String home = store.cache().place(key).server();
      List<KeyInfo> copies = hasSeveralServers() ? tracker.copies(key) : List.of();
      boolean isElsewhere =
          !copies.isEmpty() && copies.stream().noneMatch(copy -> copy.server().equals(home));
      return isElsewhere ? copies.get(0).server() : home;
    }

    private void compareBatch(Progress progress) {
      progress.checkpoint();
      batches.forEach((server, entries) -> {
        Map<CacheKey, CacheEntry> dumped = new HashMap<>();
        List<KeyInfo> keys = new ArrayList<>();
        for (CacheEntry entry : entries) {
          dumped.put(entry.key(), entry);
          keys.add(DumpInspector.info(new DumpEntry(entry, KeyInfo.UNKNOWN)));
        }
        store.bulk().read(server, keys.iterator(), new Visitor(dumped));
      });
      progress.advance(batched, bytes);
      batches.clear();
      batched = 0;
      bytes = 0;
    }

    void findOthers(Progress progress) {
      known.sort();
      int[] visited = new int[1];
      FoundKeys.all(tracker.fresh(Optional.empty(), progress::checkpoint), clock.instant())
          .visit(key -> {
            if (visited[0]++ % BATCH == 0) {
              progress.checkpoint();
            }
            if (!known.contains(key.bytes(), key.from(), key.to())
                && !ReservedKeys.contains(key.key())
                && matcher.passes(key.key())) {
              onlyLive.add(key.key());
            }
          });
    }

    DumpDiff result(DumpInfo dump) {
      return new DumpDiff(dump, limit, same, expired, changed, onlyInDump, onlyLive);
    }

    private final class Visitor implements BulkPort.ReadVisitor {
      private final Map<CacheKey, CacheEntry> dumped;

      Visitor(Map<CacheKey, CacheEntry> dumped) {
        this.dumped = dumped;
      }

      @Override
      public void found(KeyInfo key, CacheEntry entry) {
        if (entry.value().equals(dumped.get(key.key()).value())) {
          same++;
        } else {
          changed.add(key.key());
        }
      }

      @Override
      public void absent(KeyInfo key) {
        if (key.expiry().isPast(now)) {
          expired++;
        } else {
          onlyInDump.add(key.key());
        }
      }

      @Override
      public void stale(KeyInfo key) {
        changed.add(key.key());
      }

      @Override
      public void refused(KeyInfo key, String reason) {
        // It is there; whether it is the same nobody knows.
        changed.add(key.key());
      }
    }
  }
}

package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.TooBusy;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.job.Turns;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;
import org.ocmcore.cache.domain.restore.ScopedDumpReader;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Reads dumps without restoring them. Shows what is intact of damaged dumps. Safe for use by any
 * number of threads.
 */
public final class DumpInspector {
  /** The number of entries that are looked up together. */
  private static final int BATCH = 8_192;

  private static final long BATCH_BYTES = 4 * 1024 * 1024;

  private final DumpPort dumps;
  private final Store store;
  private final KeyTracker tracker;
  private final AppRule apps;
  private final Clock clock;

  /** Each reader holds some megabytes of a dump in memory. */
  private final Turns turns = new Turns("looking into dumps");

  public DumpInspector(DumpPort dumps, Store store, KeyTracker tracker, AppRule apps, Clock clock) {
    this.dumps = dumps;
    this.store = store;
    this.tracker = tracker;
    this.apps = apps;
    this.clock = clock;
  }

  /**
   * All dumps, newest first, after checking each completely.
   *
   * @throws TooBusy if too many threads read dumps; so do the other methods, except comparisons
   */
  public List<DumpInfo> all() {
    return turns.take(
        () -> dumps.names().stream().flatMap(name -> described(name).stream()).toList());
  }

  private Optional<DumpInfo> described(String name) {
    try {
      return Optional.of(dumps.describe(name));
    } catch (DumpNotFound removedMeanwhile) {
      return Optional.empty();
    }
  }

  /** The description of a dump; see {@link DumpPort#describe}. */
  public DumpInfo describe(String name) {
    return turns.take(() -> dumps.describe(name));
  }

  /**
   * A page of the entries of a dump, in the order of the file. Reads the dump up to there.
   *
   * @param filter selects entries as of the time of the dump; must not name a server
   * @param from the number of entries to skip, from an earlier page; entries outside the scope of
   *     the filter do not count
   * @param limit the most entries, at least 1
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is no such dump
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if nothing of it is intact
   */
  public DumpPage keys(String name, KeyFilter filter, long from, int limit) {
    return turns.take(() -> page(name, filter, from, limit));
  }

  private DumpPage page(String name, KeyFilter filter, long from, int limit) {
    try (ScopedDumpReader reader = open(name, filter)) {
      KeyMatcher matcher = new KeyMatcher(filter, apps, reader.info().createdAt());
      List<KeyInfo> found = new ArrayList<>();
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        if (reader.read() <= from) {
          continue;
        }
        KeyInfo key = info(next);
        if (matcher.passes(key)) {
          if (found.size() == limit) {
            return new DumpPage(
                reader.info(), reader.expected(), found, OptionalLong.of(reader.read() - 1));
          }
          found.add(key);
        }
      }
      return new DumpPage(reader.info(), reader.expected(), found, OptionalLong.empty());
    }
  }

  private ScopedDumpReader open(String name, KeyFilter filter) {
    return new ScopedDumpReader(dumps.salvage(name), filter.scope(), apps);
  }

  private static KeyInfo info(DumpEntry dumped) {
    CacheEntry entry = dumped.entry();
    return new KeyInfo(
        entry.key(),
        entry.expiry(),
        entry.size(),
        entry.value().flags(),
        dumped.lastAccess(),
        false,
        "");
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
  public DumpDiff diff(String name, AppScope scope, int limit, Progress progress) {
    KeyFilter filter = KeyFilter.ALL.within(scope);
    try (ScopedDumpReader reader = open(name, filter)) {
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
          keys.add(info(new DumpEntry(entry, KeyInfo.UNKNOWN)));
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

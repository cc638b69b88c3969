package org.ocmcore.cache.domain.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpNotFound;
import org.ocmcore.cache.domain.error.TooBusy;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.JobOrder;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.job.Turns;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;
import org.ocmcore.cache.domain.restore.ScopedDumpReader;

/**
 * Reads dumps without restoring them. Shows what is intact of damaged dumps. Safe for use by any
 * number of threads.
 */
public final class DumpInspector {
  /**
   * The heap for each reader at once, in bytes. A reader holds up to 128 MiB: the text of a line,
   * compressed and not, and its value. Half of the heap stays free for other work.
   */
  private static final long HEAP_OF_READER = 256L * 1024 * 1024;

  private final DumpPort dumps;
  private final DumpComparer comparer;
  private final AppRule apps;

  private final Turns turns;

  /** Comparisons take long, and pages do not wait for them. */
  private final Turns comparisons;

  private final String owner;

  public DumpInspector(DumpPort dumps, DumpComparer comparer, AppRule apps) {
    this(
        dumps,
        comparer,
        apps,
        turns("looking into dumps"),
        turns("comparing dumps"),
        JobOrder.SERVICE);
  }

  private DumpInspector(
      DumpPort dumps,
      DumpComparer comparer,
      AppRule apps,
      Turns turns,
      Turns comparisons,
      String owner) {
    this.dumps = dumps;
    this.comparer = comparer;
    this.apps = apps;
    this.turns = turns;
    this.comparisons = comparisons;
    this.owner = owner;
  }

  private static Turns turns(String work) {
    return new Turns(work, atOnce(Runtime.getRuntime().maxMemory()), JobKind.WAITING);
  }

  /** How many readers work at once in a heap of so many bytes. */
  static int atOnce(long heap) {
    return (int) Math.max(1, Math.min(JobKind.AT_ONCE, heap / HEAP_OF_READER));
  }

  /** The same for a caller, who takes turns with the others. */
  public DumpInspector ownedBy(String caller) {
    return new DumpInspector(dumps, comparer, apps, turns, comparisons, caller);
  }

  /**
   * All dumps, newest first, after checking each completely.
   *
   * @param scope what the caller may see
   * @throws TooBusy if too many threads, or too many of the owner, read dumps; so do the other
   *     methods
   */
  public List<DumpInfo> all(AppScope scope) {
    return turns.take(
        owner,
        () -> ScopedDumpReader.failing(
            scope,
            () ->
                dumps.names().stream().flatMap(name -> described(name).stream()).toList()));
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
    return turns.take(owner, () -> dumps.describe(name));
  }

  /**
   * A page of the entries of a dump, in the order of the file. Reads the dump up to there.
   *
   * @param filter selects entries as of the time of the dump; must not name a server, nor select by
   *     what was fetched, which a dump does not say
   * @param from the number of entries to skip, from an earlier page; entries outside the scope of
   *     the filter do not count
   * @param limit the most entries, at least 1
   * @throws org.ocmcore.cache.domain.error.DumpNotFound if there is no such dump
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if nothing of it is intact
   */
  public DumpPage keys(String name, KeyFilter filter, long from, int limit) {
    return turns.take(owner, () -> page(name, filter, from, limit));
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
    return ScopedDumpReader.salvage(dumps, name, filter.scope(), apps);
  }

  /** What a dump says of a key. */
  static KeyInfo info(DumpEntry dumped) {
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

  /** Compares the live cache with a dump; see {@link DumpComparer#diff}. */
  public DumpDiff diff(String name, AppScope scope, int limit, Progress progress) {
    return comparisons.take(owner, () -> comparer.diff(dumps, name, scope, limit, progress));
  }
}

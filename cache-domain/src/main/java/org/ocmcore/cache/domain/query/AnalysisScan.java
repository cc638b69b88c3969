package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.query.Analysis.Amount;
import org.ocmcore.cache.domain.query.Analysis.AppAmount;
import org.ocmcore.cache.domain.query.Analysis.SizeClass;
import org.ocmcore.cache.domain.query.Analysis.Spread;

/** Collects the statistics of one part of the keys, in bounded memory. For use by one thread. */
final class AnalysisScan {
  private static final long MINUTE = 60;
  private static final long[] BOUNDS =
      Spread.BOUNDS.stream().mapToLong(Duration::toSeconds).toArray();
  private static final int OVER = BOUNDS.length;
  private static final int NONE = OVER + 1;

  /** Equal apps and keys need an order that is always the same. */
  private static final Comparator<AppAmount> BY_BYTES = Comparator.<AppAmount>comparingLong(
          app -> -app.amount().bytes())
      .thenComparing(AppAmount::app);

  private static final Comparator<AppAmount> BY_KEYS = Comparator.<AppAmount>comparingLong(
          app -> -app.amount().keys())
      .thenComparing(AppAmount::app);

  /** The current second, rounded up: remaining lifetimes count from it. */
  private final long begun;

  private final long now;

  private final AppAggregator apps;
  private final Top<AppAmount> appsByBytes = new Top<>(Analysis.TOP, BY_BYTES);
  private final Top<AppAmount> appsByKeys = new Top<>(Analysis.TOP, BY_KEYS);
  private final Top<Large> largest = new Top<>(Analysis.TOP, Large.ORDER);
  private final Groups ttl = new Groups(NONE + 1);
  private final Groups sizes = new Groups(Long.SIZE + 1);
  private final Groups idle = new Groups(NONE + 1);
  private final Groups expiring = new Groups(Analysis.MINUTES);
  private final Groups neverFetched = new Groups(1);
  private final Groups onSeveralServers = new Groups(1);

  /**
   * @param finder of this thread
   * @param memory see {@link AppAggregator#of}
   */
  AnalysisScan(AppFinder finder, Instant now, LongConsumer memory) {
    this.now = now.getEpochSecond();
    this.begun = this.now + (now.getNano() > 0 ? 1 : 0);
    this.apps = AppAggregator.of(finder, now, this::offer, memory);
  }

  private void offer(AppAggregator.Run run) {
    long bytes = run.counter().bytes();
    long keys = run.counter().keys();
    // Most of many apps are small, and need no name.
    if (!appsByBytes.isFull()
        || bytes >= appsByBytes.last().amount().bytes()
        || keys >= appsByKeys.last().amount().keys()) {
      AppAmount app = new AppAmount(run.app(), new Amount(keys, bytes));
      appsByBytes.offer(app);
      appsByKeys.offer(app);
    }
  }

  void add(KeyCursor key) {
    long size = key.size();
    apps.add(key);
    if (!largest.isFull() || size > largest.last().size) {
      largest.offer(new Large(size, key.position()));
    }
    sizes.add(sizeClass(size), size);
    long left = Math.max(0, key.expirySecond() - begun);
    if (key.expirySecond() == Long.MAX_VALUE) {
      ttl.add(NONE, size);
    } else {
      ttl.add(group(left), size);
      if (left < Analysis.MINUTES * MINUTE) {
        expiring.add((int) (left / MINUTE), size);
      }
    }
    long access = key.lastAccess();
    idle.add(access == KeyInfo.UNKNOWN ? NONE : group(now - access), size);
    if (!key.isFetched()) {
      neverFetched.add(0, size);
    }
    if (key.copies() > 1) {
      onSeveralServers.add(0, size);
    }
  }

  /** 0 for no bytes, then one class for each power of two. */
  private static int sizeClass(long size) {
    return Long.SIZE - Long.numberOfLeadingZeros(size);
  }

  private static int group(long seconds) {
    int group = 0;
    while (group < BOUNDS.length && seconds >= BOUNDS[group]) {
      group++;
    }
    return group;
  }

  /** Puts parts together that follow each other. @param found what stands in some places */
  static Analysis join(
      List<AnalysisScan> parts,
      AppFinder finder,
      Instant now,
      Function<List<Positions>, FoundKeys> found,
      Freshness freshness) {
    AnalysisScan all = new AnalysisScan(finder, now, bytes -> {});
    parts.forEach(all::add);
    AppAggregator.join(parts.stream().map(part -> part.apps).toList(), all::offer);
    Positions largest = new Positions();
    all.largest.inOrder().forEach(key -> largest.add(key.position));
    return all.toAnalysis(found.apply(List.of(largest)), freshness);
  }

  private void add(AnalysisScan part) {
    appsByBytes.addAll(part.appsByBytes);
    appsByKeys.addAll(part.appsByKeys);
    largest.addAll(part.largest);
    ttl.add(part.ttl);
    sizes.add(part.sizes);
    idle.add(part.idle);
    expiring.add(part.expiring);
    neverFetched.add(part.neverFetched);
    onSeveralServers.add(part.onSeveralServers);
  }

  private Analysis toAnalysis(FoundKeys largestKeys, Freshness freshness) {
    Amount total = sizes.sum();
    return new Analysis(
        new RangeSummary(total.keys(), total.bytes(), ttl.amount(NONE).keys()),
        appsByBytes.inOrder(),
        appsByKeys.inOrder(),
        largestKeys,
        spread(ttl),
        sizeClasses(),
        spread(idle),
        neverFetched.amount(0),
        onSeveralServers.amount(0),
        IntStream.range(0, Analysis.MINUTES).mapToObj(expiring::amount).toList(),
        freshness);
  }

  private static Spread spread(Groups groups) {
    return new Spread(
        IntStream.range(0, OVER).mapToObj(groups::amount).toList(),
        groups.amount(OVER),
        groups.amount(NONE));
  }

  private List<SizeClass> sizeClasses() {
    List<SizeClass> classes = new ArrayList<>();
    for (int i = sizes.first(); i <= sizes.last(); i++) {
      classes.add(new SizeClass(i == 0 ? 0 : 1L << i - 1, 1L << i, sizes.amount(i)));
    }
    return classes;
  }

  private record Large(long size, long position) {
    static final Comparator<Large> ORDER =
        Comparator.<Large>comparingLong(key -> -key.size).thenComparingLong(Large::position);
  }

  /** Keys and bytes in numbered groups. */
  private static final class Groups {
    private final long[] keys;
    private final long[] bytes;

    Groups(int groups) {
      keys = new long[groups];
      bytes = new long[groups];
    }

    void add(int group, long size) {
      keys[group]++;
      bytes[group] += size;
    }

    void add(Groups other) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] += other.keys[i];
        bytes[i] += other.bytes[i];
      }
    }

    Amount amount(int group) {
      return new Amount(keys[group], bytes[group]);
    }

    Amount sum() {
      return new Amount(
          IntStream.range(0, keys.length).mapToLong(i -> keys[i]).sum(),
          IntStream.range(0, keys.length).mapToLong(i -> bytes[i]).sum());
    }

    /** The first group with keys, or 0. */
    int first() {
      return IntStream.range(0, keys.length)
          .filter(i -> keys[i] > 0)
          .findFirst()
          .orElse(0);
    }

    /** The last group with keys, or -1. */
    int last() {
      return IntStream.range(0, keys.length).filter(i -> keys[i] > 0).max().orElse(-1);
    }
  }
}

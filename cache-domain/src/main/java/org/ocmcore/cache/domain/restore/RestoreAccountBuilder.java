package org.ocmcore.cache.domain.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.error.RestoreLimitReached;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Counts what happens to the entries of a dump. Safe for use by any number of threads. */
final class RestoreAccountBuilder {
  /** The most refused keys that are listed. */
  private static final int REFUSALS = 100;

  private final TreeMap<SkipReason, Long> skipped = new TreeMap<>();
  private final List<KeyProblem> refused = new ArrayList<>();
  private final Set<CacheEntry> moving = Collections.newSetFromMap(new IdentityHashMap<>());
  private long restored;
  private long failed;
  private long moved;

  /** Counts an entry that was to be stored. */
  synchronized void count(CacheEntry entry, StoreOutcome outcome, String reason) {
    if (!moving.isEmpty() && moving.remove(entry) && outcome == StoreOutcome.STORED) {
      moved++;
    }
    switch (outcome) {
      case STORED -> restored++;
      case EXISTS -> skip(SkipReason.EXISTS);
      case EXPIRED -> skip(SkipReason.EXPIRED);
      case TOO_LARGE -> {
        skip(SkipReason.TOO_LARGE);
        refuse(
            entry, "its item takes %,d bytes, more than the server allows".formatted(entry.size()));
      }
      case REFUSED -> {
        failed++;
        refuse(entry, reason);
      }
    }
  }

  private void refuse(CacheEntry entry, String reason) {
    if (refused.size() < REFUSALS) {
      refused.add(new KeyProblem(entry.key(), reason));
    }
  }

  /** Notes an entry that is to go to another server than it came from, before it is stored. */
  synchronized void move(CacheEntry entry) {
    moving.add(entry);
  }

  /** Counts an entry that is left out. */
  synchronized void skip(SkipReason reason) {
    skipped.merge(reason, 1L, Long::sum);
  }

  /**
   * Why the restore has stopped, if only servers have failed.
   *
   * @param entries of the dump
   * @param failures of servers
   * @return empty if none has failed
   */
  synchronized Optional<CacheException> failure(long entries, List<StoreUnavailable> failures) {
    return failures.isEmpty()
        ? Optional.empty()
        : Optional.of(new BulkIncomplete("restore", restored, entries, failures));
  }

  /** The failure of a restore that would store more entries than allowed. */
  synchronized RestoreLimitReached limitReached(long limit, List<StoreUnavailable> failures) {
    return new RestoreLimitReached(restored, limit, failures);
  }

  /**
   * Why the restore has stopped.
   *
   * @param found by its task
   * @param failures of servers until then
   * @throws RuntimeException what was found, if it is no failure of a restore that has begun
   */
  synchronized CacheException failure(RuntimeException found, List<StoreUnavailable> failures) {
    if (found instanceof RestoreLimitReached reached) {
      return limitReached(reached.allowed(), failures);
    }
    if (found instanceof DumpUnusable unusable && restored > 0) {
      return unusable.afterStoring(restored);
    }
    if (found instanceof Cancelled cancelled) {
      return cancelled;
    }
    throw found;
  }

  /**
   * The account of a restore that has ended.
   *
   * @param entries of the dump that were to be seen; empty if that is not known
   */
  synchronized RestoreAccount report(
      RestoreRequest request,
      DumpInfo dump,
      OptionalLong entries,
      String ring,
      Duration duration,
      Optional<CacheException> failure) {
    OptionalLong left = OptionalLong.of(0);
    if (failure.isPresent()) {
      left = entries.isPresent()
          ? OptionalLong.of(entries.getAsLong() - restored - sum(skipped) - failed)
          : OptionalLong.empty();
    }
    return new RestoreAccount(
        request,
        dump,
        restored,
        new TreeMap<>(skipped),
        failed,
        left,
        moved,
        ring,
        refused,
        duration,
        failure);
  }

  static long sum(Map<SkipReason, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}

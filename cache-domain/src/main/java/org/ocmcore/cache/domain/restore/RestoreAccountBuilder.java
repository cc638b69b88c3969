package org.ocmcore.cache.domain.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.BulkIncomplete;
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
  private long restored;
  private long failed;
  private long moved;

  /** Counts an entry that was to be stored. */
  synchronized void count(CacheEntry entry, StoreOutcome outcome, String reason) {
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

  /** Counts an entry that goes to another server than it came from. */
  synchronized void move() {
    moved++;
  }

  /** Counts an entry that is left out. */
  synchronized void skip(SkipReason reason) {
    skipped.merge(reason, 1L, Long::sum);
  }

  /** @throws BulkIncomplete if any server failed */
  synchronized void requireComplete(long entries, List<StoreUnavailable> failures) {
    if (!failures.isEmpty()) {
      throw new BulkIncomplete("restore", restored, entries, leftOut(), failures);
    }
  }

  private TreeMap<SkipReason, Long> leftOut() {
    TreeMap<SkipReason, Long> leftOut = new TreeMap<>(skipped);
    if (failed > 0) {
      leftOut.put(SkipReason.FAILED, failed);
    }
    return leftOut;
  }

  /** The failure of a restore that would store more entries than allowed. */
  synchronized RestoreLimitReached limitReached(long limit, List<StoreUnavailable> failures) {
    return new RestoreLimitReached(restored, limit, leftOut(), failures);
  }

  /**
   * The failure with the number of entries that were stored before.
   *
   * @param failures of servers until then
   */
  synchronized RuntimeException afterwards(
      RuntimeException found, List<StoreUnavailable> failures) {
    if (found instanceof RestoreLimitReached reached) {
      return limitReached(reached.allowed(), failures);
    }
    return found instanceof DumpUnusable unusable && restored > 0
        ? unusable.afterStoring(restored)
        : found;
  }

  synchronized RestoreAccount report(DumpInfo dump, String ring, Duration duration) {
    return new RestoreAccount(
        dump, restored, new TreeMap<>(skipped), failed, moved, ring, refused, duration);
  }
}

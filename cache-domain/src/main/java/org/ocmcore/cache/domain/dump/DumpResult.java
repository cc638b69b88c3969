package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * The result of a dump.
 *
 * @param dump the dump that was written
 * @param account what happened to every key
 * @param duration of the dump
 */
public record DumpResult(DumpInfo dump, DumpAccount account, Duration duration) {
  /** The number of keys that are missing, by reason; reasons without keys are left out. */
  public SortedMap<SkipReason, Long> skipped() {
    TreeMap<SkipReason, Long> skipped = new TreeMap<>();
    skipped.put(SkipReason.GONE, account.sum(ServerAccount::gone));
    skipped.put(SkipReason.EXPIRED, account.sum(ServerAccount::expired));
    skipped.put(SkipReason.ELSEWHERE, account.sum(ServerAccount::elsewhere));
    skipped.put(SkipReason.STALE, account.sum(ServerAccount::stale));
    skipped.put(SkipReason.TOO_LARGE, account.sum(ServerAccount::tooLarge));
    skipped.put(SkipReason.FAILED, account.sum(ServerAccount::failed));
    skipped.values().removeIf(count -> count == 0);
    return skipped;
  }
}

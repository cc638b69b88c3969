package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
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
  public SortedMap<String, Long> skipped() {
    TreeMap<String, Long> skipped = new TreeMap<>();
    skipped.put("gone", account.sum(ServerAccount::gone));
    skipped.put("expired", account.sum(ServerAccount::expired));
    skipped.put("elsewhere", account.sum(ServerAccount::elsewhere));
    skipped.put("too_large", account.sum(ServerAccount::tooLarge));
    skipped.put("failed", account.sum(ServerAccount::failed));
    skipped.values().removeIf(count -> count == 0);
    return skipped;
  }
}

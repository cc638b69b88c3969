package org.ocmcore.cache.domain.dump;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * What a dump did.
 *
 * @param dump the dump that was written
 * @param account what became of every key
 * @param duration how long it took
 */
public record DumpResult(DumpInfo dump, DumpAccount account, Duration duration) {
  /** How many keys are not in it, by reason, without those of which there are none. */
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

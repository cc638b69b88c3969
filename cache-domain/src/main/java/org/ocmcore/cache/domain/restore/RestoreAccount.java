package org.ocmcore.cache.domain.restore;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.KeyProblem;

/**
 * The result of a restore or of its dry run. Each intact entry of the dump is in one of the three
 * counts.
 *
 * @param dump the dump
 * @param restored entries that were stored
 * @param skipped entries that were left out by rule, by reason: not {@code FAILED}
 * @param failed entries that the store refused
 * @param moved entries of these that went to another server than they came from
 * @param ring the rule that chose that server; see
 *     {@link org.ocmcore.cache.domain.port.KeyspacePort#ring}
 * @param refused the first entries that are too large or were refused, with reasons
 * @param duration of the restore
 */
public record RestoreAccount(
    DumpInfo dump,
    long restored,
    SortedMap<SkipReason, Long> skipped,
    long failed,
    long moved,
    String ring,
    List<KeyProblem> refused,
    Duration duration) {
  public RestoreAccount {
    refused = List.copyOf(refused);
  }
}

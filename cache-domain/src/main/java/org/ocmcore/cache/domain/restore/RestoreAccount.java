package org.ocmcore.cache.domain.restore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.job.PartialResult;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.KeyProblem;

/**
 * The result of a restore or of its dry run, also of one that has stopped. Each intact entry of the
 * dump is in one of the four counts.
 *
 * @param request the restore
 * @param dump the dump
 * @param restored entries that were stored
 * @param skipped entries that were left out by rule, by reason: not {@code FAILED}
 * @param failed entries that the store refused
 * @param left entries that are without an answer, since the restore has stopped; a server that
 *     stopped answering may hold the last ones all the same. Empty if their number is not known
 * @param moved entries of these that went to another server than they came from
 * @param ring the rule that chose that server; see
 *     {@link org.ocmcore.cache.domain.port.KeyspacePort#ring}
 * @param refused the first entries that are too large or were refused, with reasons
 * @param duration of the restore
 * @param failure why it has stopped; empty if it has not
 */
public record RestoreAccount(
    RestoreRequest request,
    DumpInfo dump,
    long restored,
    SortedMap<SkipReason, Long> skipped,
    long failed,
    OptionalLong left,
    long moved,
    String ring,
    List<KeyProblem> refused,
    Duration duration,
    Optional<CacheException> failure)
    implements PartialResult {
  public RestoreAccount {
    refused = List.copyOf(refused);
  }

  /** The sum of the entries that were left out by rule. */
  public long allSkipped() {
    return RestoreAccountBuilder.sum(skipped);
  }

  @Override
  public String words() {
    return "%d restored, %d skipped, %d refused, %s left"
        .formatted(
            restored,
            allSkipped(),
            failed,
            left.isPresent() ? Long.toString(left.getAsLong()) : "an unknown number");
  }
}

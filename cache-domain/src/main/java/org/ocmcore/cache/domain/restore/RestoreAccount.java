package org.ocmcore.cache.domain.restore;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.KeyProblem;

/**
 * What a restore did, or would do: every entry of the dump that is intact is in one of the three
 * counts.
 *
 * @param dump the dump that was restored
 * @param restored entries stored
 * @param skipped entries not stored by rule, by reason: {@code expired}, {@code exists},
 *     {@code not_matching}, {@code too_large}
 * @param failed entries that the store refused
 * @param refused the first entries that are too large or that the store refused, and why
 * @param duration how long it took
 */
public record RestoreAccount(
    DumpInfo dump,
    long restored,
    SortedMap<String, Long> skipped,
    long failed,
    List<KeyProblem> refused,
    Duration duration) {
  public RestoreAccount {
    refused = List.copyOf(refused);
  }
}

package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.error.PreconditionFailed;

/**
 * The description of a dump after a complete check.
 *
 * @param name as in {@link DumpPort#names()}
 * @param header of a file whose header cannot be read: the file's own time and nothing else
 * @param entries the number of entries; of a damaged dump, the number of intact entries
 * @param bytes the size of the file
 * @param account what happened to every key; empty if that cannot be read, and for a file of
 *     another tool
 * @param damages the damaged places in the order of the file; empty if the dump is valid
 */
public record DumpInfo(
    String name,
    DumpHeader header,
    long entries,
    long bytes,
    Optional<DumpAccount> account,
    List<DumpDamage> damages) {
  public DumpInfo {
    damages = List.copyOf(damages);
  }

  /** The time that the dump represents. */
  public Instant createdAt() {
    return header.createdAt();
  }

  /**
   * Does nothing if the dump is of this time, to the millisecond.
   *
   * @throws PreconditionFailed if it is of another: the name is that of another dump than before
   */
  public void requireOf(Instant time) {
    Instant own = createdAt().truncatedTo(ChronoUnit.MILLIS);
    Instant expected = time.truncatedTo(ChronoUnit.MILLIS);
    if (!own.equals(expected)) {
      throw PreconditionFailed.dump(name, own, expected);
    }
  }

  /** The same with these damages. */
  public DumpInfo with(List<DumpDamage> others) {
    return new DumpInfo(name, header, entries, bytes, account, others);
  }

  /** Whether it passed every check. */
  public boolean valid() {
    return damages.isEmpty();
  }

  /**
   * Whether its account is {@link DumpAccount#isComplete complete}; false if that cannot be read.
   */
  public boolean complete() {
    return account.map(DumpAccount::isComplete).orElse(false);
  }
}

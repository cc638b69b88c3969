package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A dump, seen from outside, after all of it was checked.
 *
 * @param name as {@code DumpPort.names()} gives it
 * @param header what it says of itself; of a file whose header cannot be read, the file's own time
 *     and nothing else
 * @param entries how many it holds; if it is damaged, how many of them are intact
 * @param bytes size of the file
 * @param account what it says of how it was made; empty if that cannot be read
 * @param damages where it is damaged, in the order of the file; empty if it is valid
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

  /** The moment that it stands for. */
  public Instant createdAt() {
    return header.createdAt();
  }

  /** Whether it passed every check. */
  public boolean valid() {
    return damages.isEmpty();
  }

  /** As {@link DumpAccount#isComplete}; false if its account cannot be read. */
  public boolean complete() {
    return account.map(DumpAccount::isComplete).orElse(false);
  }
}

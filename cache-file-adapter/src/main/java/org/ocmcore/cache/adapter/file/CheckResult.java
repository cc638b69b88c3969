package org.ocmcore.cache.adapter.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * What a dump amounts to.
 *
 * @param entries that are intact
 * @param bytes size of the file
 * @param sha256 of all text before the trailer, in hexadecimal
 * @param damages where it is damaged; empty if it is whole
 */
record CheckResult(
    DumpHeader header,
    long entries,
    long bytes,
    Optional<DumpAccount> account,
    String sha256,
    List<DumpDamage> damages) {
  CheckResult {
    damages = List.copyOf(damages);
  }

  /** What a file amounts to of which nothing can be read as a dump. */
  static CheckResult unreadable(Instant modified, long bytes, String reason) {
    return new CheckResult(
        new DumpHeader(modified, List.of(), ""),
        0,
        bytes,
        Optional.empty(),
        "",
        List.of(new DumpDamage(0, bytes, reason)));
  }

  DumpInfo info(String name) {
    return new DumpInfo(name, header, entries, bytes, account, damages);
  }

  boolean isWhole() {
    return damages.isEmpty();
  }
}

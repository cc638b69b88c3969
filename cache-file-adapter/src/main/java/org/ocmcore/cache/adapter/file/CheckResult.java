package org.ocmcore.cache.adapter.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * The result of checking a dump file.
 *
 * @param entries the number of intact entries
 * @param bytes the size of the file
 * @param account empty if its line is missing or invalid
 * @param sha256 of all text before the trailer, in hexadecimal; empty if there is no trailer
 * @param blockSums the checksums of all intact blocks together, see {@link #withBlock}
 * @param damages in the order of the file; empty if the dump is whole
 */
record CheckResult(
    DumpHeader header,
    long entries,
    long bytes,
    Optional<DumpAccount> account,
    String sha256,
    long blockSums,
    List<DumpDamage> damages) {
  private static final int WEIGHT = 200;
  private static final int OBJECT = 60;

  /** Odd, so that no two sums become one. */
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  CheckResult {
    damages = List.copyOf(damages);
  }

  /** The result for a file without any part of a dump. */
  static CheckResult unreadable(Instant modified, long bytes, String reason) {
    return new CheckResult(
        new DumpHeader(modified, List.of(), ""),
        0,
        bytes,
        Optional.empty(),
        "",
        0,
        List.of(new DumpDamage(0, bytes, reason)));
  }

  /**
   * The checksums of some blocks and of the next one in the file, together.
   *
   * @param blockSums those of the blocks before; 0 if there are none
   */
  static long withBlock(long blockSums, int crc32c) {
    return (blockSums ^ Integer.toUnsignedLong(crc32c)) * SPREAD;
  }

  /** About how much memory it takes, in bytes. */
  long weight() {
    long weight = WEIGHT + of(header.product());
    for (String server : header.servers()) {
      weight += of(server);
    }
    for (ServerAccount server : account.map(DumpAccount::servers).orElse(List.of())) {
      weight += WEIGHT + of(server.server()) + of(server.failure().orElse(""));
    }
    for (DumpDamage damage : damages) {
      weight += of(damage.reason()) + OBJECT;
    }
    return weight;
  }

  private static long of(String text) {
    return OBJECT + 2L * text.length();
  }

  /** This result as a description of the dump of that name. */
  DumpInfo info(String name) {
    return new DumpInfo(name, header, entries, bytes, account, damages);
  }

  boolean isWhole() {
    return damages.isEmpty();
  }
}

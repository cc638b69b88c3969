package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoredLifetime;

/** A dump was restored, or would be. */
record RestoreAnswer(String message, @JsonUnwrapped Account account) implements ChangeAnswer {
  static RestoreAnswer of(RestoreAccount report) {
    return new RestoreAnswer(
        "%d entries of '%s' %s"
            .formatted(
                report.restored(),
                report.dump().name(),
                report.request().dryRun() ? "would be restored" : "restored"),
        Account.of(report));
  }

  /**
   * The account of all entries.
   *
   * @param ttl the lifetime of what is restored: {@code keep}, {@code shift}, seconds, or null for
   *     never
   * @param skipped how many entries are not stored, by reason
   * @param leftCount those without an answer, since the restore has stopped; a server that stopped
   *     answering may hold the last ones all the same. Null if the number is not known
   * @param placement which server entries go to: {@code origin} or {@code ring}
   * @param moved how many go to another server than they came from
   * @param ring the rule that moves them; left out if none move
   * @param refused the first entries that are too large or were refused
   * @param damages parts of the dump that cannot be used; left out unless it was to be salvaged
   */
  record Account(
      String name,
      String createdAt,
      Optional<Object> ttl,
      boolean dryRun,
      long restored,
      Map<String, Long> skipped,
      long failed,
      OptionalLong leftCount,
      String placement,
      long moved,
      @JsonInclude(Include.NON_ABSENT) Optional<String> ring,
      List<RefusedKey> refused,
      @JsonInclude(Include.NON_ABSENT) Optional<List<DumpAnswers.Damage>> damages,
      long durationMs) {
    static Account of(RestoreAccount report) {
      RestoreRequest request = report.request();
      return new Account(
          report.dump().name(),
          Times.text(report.dump().createdAt()),
          ttl(request.lifetime()),
          request.dryRun(),
          report.restored(),
          SkipReasons.named(report.skipped()),
          report.failed(),
          report.left(),
          request.placement() == RestoreRequest.Placement.RING ? "ring" : "origin",
          report.moved(),
          report.moved() > 0 ? Optional.of(report.ring()) : Optional.empty(),
          RefusedKey.of(report.refused()),
          request.salvage() ? Optional.of(DumpAnswers.Damage.of(report.dump())) : Optional.empty(),
          report.duration().toMillis());
    }

    private static Optional<Object> ttl(RestoredLifetime lifetime) {
      if (lifetime instanceof RestoredLifetime.Fixed fixed) {
        return fixed.lifetime().isForever()
            ? Optional.empty()
            : Optional.of(fixed.lifetime().seconds());
      }
      return Optional.of(lifetime.equals(RestoredLifetime.SHIFTED) ? "shift" : "keep");
    }
  }
}

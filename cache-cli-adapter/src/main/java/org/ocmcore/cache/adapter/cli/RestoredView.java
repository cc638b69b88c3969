package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.restore.RestoreAccount;

/**
 * A dump was restored, or would be, as the API has it.
 *
 * @param ttl the lifetime of what is restored, as it was given
 * @param skipped how many entries are not stored, by reason
 * @param leftCount those without an answer, since the restore has stopped; empty if not known
 * @param moved how many go to another server than they came from
 * @param ring the rule that moves them; empty if none move
 * @param failure why it has stopped; empty if it has not
 */
record RestoredView(
    String message,
    String name,
    String createdAt,
    String ttl,
    boolean dryRun,
    long restored,
    Map<String, Long> skipped,
    long failed,
    OptionalLong leftCount,
    String placement,
    long moved,
    @JsonInclude(Include.NON_ABSENT) Optional<String> ring,
    List<ChangeView.RefusalView> refused,
    List<DamageView> damages,
    long durationMs,
    @JsonInclude(Include.NON_ABSENT) Optional<String> failure) {
  static final List<Column<Row>> COLUMNS = List.of(
      Column.text("outcome", "outcome", Row::outcome),
      Column.count("entries", "entries", row -> OptionalLong.of(row.entries)));

  /** How many entries had the same outcome. */
  record Row(String outcome, long entries) {}

  /** @param ttl as it was given @param placement as it was given */
  static RestoredView of(RestoreAccount account, String ttl, String placement) {
    return new RestoredView(
        "%d entries of '%s' %s"
            .formatted(
                account.restored(),
                account.dump().name(),
                account.request().dryRun() ? "would be restored" : "restored"),
        account.dump().name(),
        Views.time(account.dump().createdAt()),
        ttl,
        account.request().dryRun(),
        account.restored(),
        Views.reasons(account.skipped()),
        account.failed(),
        account.left(),
        placement,
        account.moved(),
        account.moved() > 0 ? Optional.of(account.ring()) : Optional.empty(),
        account.refused().stream()
            .map(problem ->
                new ChangeView.RefusalView(TerminalText.line(problem.key()), problem.reason()))
            .toList(),
        DamageView.of(account.dump()),
        account.duration().toMillis(),
        account.failure().map(Throwable::getMessage));
  }

  /** Each entry of the dump is in one of these. */
  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("restored", restored));
    skipped.forEach((reason, count) -> rows.add(new Row(reason, count)));
    rows.add(new Row("failed", failed));
    if (failure.isPresent()) {
      leftCount.ifPresent(count -> rows.add(new Row("left", count)));
    }
    return rows;
  }
}

package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.ocmcore.cache.domain.restore.RestoreAccount;

/**
 * A dump was restored, or would be, as the API has it.
 *
 * @param message empty if the restore has stopped
 * @param ttl the lifetime of what is restored, as it was given; a service gives seconds, or null
 *     for never
 * @param skipped how many entries are not stored, by reason
 * @param leftCount those without an answer, since the restore has stopped; empty if not known
 * @param moved how many go to another server than they came from
 * @param ring the rule that moves them; empty if none move
 * @param failure why it has stopped; empty if it has not
 */
record RestoredView(
    @JsonInclude(Include.NON_ABSENT) Optional<String> message,
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
    List<ChangeView.RefusalView> refused,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<DamageView> damages,
    long durationMs,
    @JsonInclude(Include.NON_ABSENT) Optional<String> failure) {
  static final List<Column<Row>> COLUMNS = List.of(
      Column.text("outcome", "outcome", Row::outcome),
      Column.count("entries", "entries", row -> OptionalLong.of(row.entries)));

  RestoredView {
    Objects.requireNonNull(name);
    Objects.requireNonNull(placement);
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    refused = List.copyOf(refused);
    damages = List.copyOf(damages);
  }

  /** How many entries had the same outcome. */
  record Row(String outcome, long entries) {}

  /** @param ttl as it was given @param placement as it was given */
  static RestoredView of(RestoreAccount account, String ttl, String placement) {
    return new RestoredView(
        Optional.of("%d entries of '%s' %s"
            .formatted(
                account.restored(),
                account.dump().name(),
                account.request().dryRun() ? "would be restored" : "restored")),
        account.dump().name(),
        Views.time(account.dump().createdAt()),
        Optional.of(ttl),
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
                new ChangeView.RefusalView(TerminalText.key(problem.key()), problem.reason()))
            .toList(),
        DamageView.of(account.dump()),
        account.duration().toMillis(),
        account.failure().map(Throwable::getMessage));
  }

  /** The same, which has stopped for this reason. */
  RestoredView failed(String reason) {
    return new RestoredView(
        message,
        name,
        createdAt,
        ttl,
        dryRun,
        restored,
        skipped,
        failed,
        leftCount,
        placement,
        moved,
        ring,
        refused,
        damages,
        durationMs,
        Optional.of(reason));
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

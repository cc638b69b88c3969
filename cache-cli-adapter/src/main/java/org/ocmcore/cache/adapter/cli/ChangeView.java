package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;

/**
 * The account of a change of many keys, as the API has it. Each matched key is in exactly one of
 * the other counts.
 *
 * @param refused the first keys that servers refused
 * @param failure why some keys are left; empty if none are
 */
record ChangeView(
    long matchedCount,
    long doneCount,
    long alreadyGoneCount,
    long refusedCount,
    long leftCount,
    List<RefusalView> refused,
    long durationMs,
    @JsonInclude(Include.NON_ABSENT) Optional<String> failure) {
  static final List<Column<ChangeView>> COLUMNS = List.of(
      Column.count("matched_count", "matched", view -> OptionalLong.of(view.matchedCount)),
      Column.count("done_count", "done", view -> OptionalLong.of(view.doneCount)),
      Column.count("already_gone_count", "gone", view -> OptionalLong.of(view.alreadyGoneCount)),
      Column.count("refused_count", "refused", view -> OptionalLong.of(view.refusedCount)),
      Column.count("left_count", "left", view -> OptionalLong.of(view.leftCount)),
      Column.count("duration_ms", "ms", view -> OptionalLong.of(view.durationMs)));

  ChangeView {
    refused = List.copyOf(refused);
  }

  static ChangeView of(BulkAccount account) {
    return new ChangeView(
        account.sum(ServerBulkAccount::matched),
        account.sum(ServerBulkAccount::done),
        account.sum(ServerBulkAccount::absent),
        account.sum(ServerBulkAccount::refused),
        account.sum(ServerBulkAccount::left),
        account.refused().stream()
            .map(problem -> new RefusalView(problem.key().toString(), problem.reason()))
            .toList(),
        account.duration().toMillis(),
        account.failure().map(Throwable::getMessage));
  }

  /** The same, which has failed for this reason. */
  ChangeView failed(String reason) {
    return new ChangeView(
        matchedCount,
        doneCount,
        alreadyGoneCount,
        refusedCount,
        leftCount,
        refused,
        durationMs,
        Optional.of(reason));
  }

  /** A key that a server refused. */
  record RefusalView(String key, String reason) {
    RefusalView {
      Objects.requireNonNull(key);
      Objects.requireNonNull(reason);
    }
  }
}

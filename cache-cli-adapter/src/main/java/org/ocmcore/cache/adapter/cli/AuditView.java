package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the check of an audit log has found.
 *
 * @param first the number of the first line that is as it was written; empty if there is none
 * @param last the number of the last of them
 * @param damage the first that is wrong; empty if nothing is
 */
record AuditView(
    boolean valid,
    int files,
    long lines,
    OptionalLong first,
    OptionalLong last,
    Optional<String> from,
    Optional<String> to,
    Optional<String> lastHash,
    Optional<String> damage) {
  static final List<Column<AuditView>> COLUMNS = List.of(
      Column.flag("valid", "valid", AuditView::valid),
      Column.count("lines", "lines", view -> OptionalLong.of(view.lines)),
      Column.count("first", "first", AuditView::first),
      Column.count("last", "last", AuditView::last),
      Column.text("last_hash", "last hash", view -> view.lastHash.orElse("")),
      Column.text("damage", "damage", view -> view.damage.orElse("")));

  static AuditView of(AuditCheck check) {
    boolean isEmpty = check.lines() == 0;
    return new AuditView(
        check.damage().isEmpty(),
        check.files(),
        check.lines(),
        isEmpty ? OptionalLong.empty() : OptionalLong.of(check.first()),
        isEmpty ? OptionalLong.empty() : OptionalLong.of(check.last()),
        isEmpty ? Optional.empty() : Optional.of(check.from().toString()),
        isEmpty ? Optional.empty() : Optional.of(check.to().toString()),
        isEmpty ? Optional.empty() : Optional.of(check.lastHash()),
        check.damage());
  }
}

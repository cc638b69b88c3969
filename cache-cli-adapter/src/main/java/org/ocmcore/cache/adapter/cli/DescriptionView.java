package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * All that is known of a dump, as the API has it.
 *
 * @param account by server; empty if the dump has none
 */
record DescriptionView(
    String name,
    String createdAt,
    String product,
    List<String> servers,
    long entries,
    long bytes,
    boolean valid,
    boolean complete,
    List<DamageView> damages,
    Optional<List<AccountView>> account) {
  static final List<Column<DescriptionView>> COLUMNS = List.of(
      Column.text("created_at", "created", DescriptionView::createdAt),
      Column.count("entries", "entries", dump -> OptionalLong.of(dump.entries)),
      Column.bytes("bytes", "size", dump -> OptionalLong.of(dump.bytes)),
      Column.flag("valid", "valid", DescriptionView::valid),
      Column.flag("complete", "complete", DescriptionView::complete),
      Column.text("name", "name", DescriptionView::name));

  static DescriptionView of(DumpInfo dump) {
    return new DescriptionView(
        dump.name(),
        Views.time(dump.createdAt()),
        dump.header().product(),
        dump.header().servers(),
        dump.entries(),
        dump.bytes(),
        dump.valid(),
        dump.complete(),
        DamageView.of(dump),
        dump.account().map(AccountView::of));
  }
}

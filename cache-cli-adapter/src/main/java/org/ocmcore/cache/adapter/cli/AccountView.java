package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.ServerAccount;

/** What became of the keys of one server in a dump, as the API has it. */
record AccountView(
    String address,
    long seen,
    long written,
    long gone,
    long expired,
    long elsewhere,
    long stale,
    long tooLarge,
    long failed,
    Optional<String> failure) {
  static final List<Column<AccountView>> COLUMNS = List.of(
      Column.text("address", "server", AccountView::address),
      Column.count("seen", "seen", account -> OptionalLong.of(account.seen)),
      Column.count("written", "written", account -> OptionalLong.of(account.written)),
      Column.count("gone", "gone", account -> OptionalLong.of(account.gone)),
      Column.count("expired", "expired", account -> OptionalLong.of(account.expired)),
      Column.count("elsewhere", "elsewhere", account -> OptionalLong.of(account.elsewhere)),
      Column.count("stale", "stale", account -> OptionalLong.of(account.stale)),
      Column.count("too_large", "too large", account -> OptionalLong.of(account.tooLarge)),
      Column.count("failed", "failed", account -> OptionalLong.of(account.failed)));

  AccountView {
    Objects.requireNonNull(address);
  }

  static List<AccountView> of(DumpAccount account) {
    return account.servers().stream().map(AccountView::of).toList();
  }

  private static AccountView of(ServerAccount server) {
    return new AccountView(
        server.server(),
        server.seen(),
        server.written(),
        server.gone(),
        server.expired(),
        server.elsewhere(),
        server.stale(),
        server.tooLarge(),
        server.failed(),
        server.failure());
  }

  /** The same as a service has it. */
  static DumpAccount toDomain(List<AccountView> servers) {
    return new DumpAccount(servers.stream().map(AccountView::toDomain).toList());
  }

  private ServerAccount toDomain() {
    return new ServerAccount(
        address, seen, written, gone, expired, elsewhere, stale, tooLarge, failed, failure);
  }
}

package org.ocmcore.cache.adapter.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.ServerAccount;

/** Texts about dumps that several commands print. */
final class Reports {
  private static final List<ToLongFunction<ServerAccount>> COUNTS = List.of(
      ServerAccount::seen,
      ServerAccount::written,
      ServerAccount::gone,
      ServerAccount::expired,
      ServerAccount::elsewhere,
      ServerAccount::stale,
      ServerAccount::tooLarge,
      ServerAccount::failed);

  private Reports() {}

  /** The account, a line for each server and one for all if there are several. */
  static List<String> account(DumpAccount account) {
    Table table = new Table(
        "server",
        "seen",
        "written",
        "gone",
        "expired",
        "elsewhere",
        "stale",
        "too large",
        "failed");
    account
        .servers()
        .forEach(server -> table.add(row(server.server(), count -> count.applyAsLong(server))));
    if (account.servers().size() > 1) {
      table.add(row("all", account::sum));
    }
    return table.lines();
  }

  private static List<String> row(
      String name, ToLongFunction<ToLongFunction<ServerAccount>> amount) {
    return Stream.concat(
            Stream.of(name), COUNTS.stream().map(count -> Formats.count(amount.applyAsLong(count))))
        .toList();
  }

  /** The servers whose keys are missing, and why; a line for each. */
  static List<String> missing(DumpAccount account) {
    return account.servers().stream()
        .filter(server -> !server.isComplete())
        .map(server -> "keys of %s are missing: %s"
            .formatted(
                server.server(),
                server
                    .failure()
                    .orElse("%s were seen, %s of them were refused"
                        .formatted(Formats.count(server.seen()), Formats.count(server.failed())))))
        .toList();
  }

  /** A dump, or a file of another tool, in one line, without its name. */
  static String summary(DumpInfo dump) {
    if (dump.valid() && dump.account().isEmpty()) {
      return "%s entries, %s bytes, %s"
          .formatted(
              Formats.count(dump.entries()),
              Formats.count(dump.bytes()),
              dump.header().product());
    }
    return "%s entries%s, %s bytes, %s, %s"
        .formatted(
            Formats.count(dump.entries()),
            dump.valid() ? "" : " are intact",
            Formats.count(dump.bytes()),
            origin(dump),
            completeness(dump));
  }

  private static String origin(DumpInfo dump) {
    DumpHeader header = dump.header();
    Instant time = header.createdAt().truncatedTo(ChronoUnit.MILLIS);
    if (header.servers().isEmpty()) {
      // Its first line cannot be read, and this is the file's own time.
      return "last changed " + time;
    }
    return "made %s%s from %s"
        .formatted(
            time,
            header.product().isEmpty() ? "" : " by Cache App " + header.product(),
            String.join(", ", header.servers()));
  }

  private static String completeness(DumpInfo dump) {
    if (dump.account().isEmpty()) {
      return "its account cannot be read";
    }
    return dump.complete() ? "complete" : "incomplete";
  }
}

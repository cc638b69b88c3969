package org.ocmcore.cache.app;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.ocmcore.cache.adapter.file.SymbolicLinks;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoredLifetime;
import org.ocmcore.cache.domain.restore.Restorer;

/** {@code cache restore}: restores a dump, or a file of another tool. */
final class RestoreCommand {
  private static final ProgressLine PROGRESS =
      new ProgressLine("restore", "entries", "checking the dump");

  private final CommandContext context;
  private final CommandLine line;
  private final Clock clock = Clock.systemUTC();

  RestoreCommand(CommandContext context, CommandLine line) {
    this.context = context;
    this.line = line;
  }

  /**
   * Returns the exit status.
   *
   * @throws IOException if the file cannot be read
   */
  int execute() throws IOException {
    RestoreRequest request = request();
    AppConfig config = AppConfig.from(context.environment());
    AppConfig.Store servers = config.requireServers();
    if (!request.dryRun()) {
      config.access().management().require(Operation.MANAGE, Caller.SERVICE);
    }
    DumpFile dump = DumpFile.open(
        line.file().orElse(config.dumps().file()), links(config), line.format(), clock.instant());
    try (Foreground foreground = new Foreground(context, context.style(line), clock);
        DirectStore store = DirectStore.open(servers, clock)) {
      return restore(dump, request.of(dump.name()), config.apps(), store.store(), foreground);
    }
  }

  private SymbolicLinks links(AppConfig config) {
    return line.links() == SymbolicLinks.FOLLOWED
        ? line.links()
        : config.dumps().links();
  }

  private RestoreRequest request() {
    RestoreRequest request = RestoreRequest.MISSING
        .with(new KeyOptions(line).filter())
        .in(mode())
        .with(lifetime())
        .onto(placement());
    request = line.flag("salvage") ? request.salvaging() : request;
    return line.flag("dry-run") ? request.asDryRun() : request;
  }

  private RestoreRequest.Mode mode() {
    return switch (line.text("mode").orElse("add")) {
      case "add" -> RestoreRequest.Mode.ADD;
      case "replace" -> RestoreRequest.Mode.REPLACE;
      default -> throw line.wrong("mode", "it must be add or replace");
    };
  }

  private RestoreRequest.Placement placement() {
    return switch (line.text("placement").orElse("origin")) {
      case "origin" -> RestoreRequest.Placement.ORIGIN;
      case "ring" -> RestoreRequest.Placement.RING;
      default -> throw line.wrong("placement", "it must be origin or ring");
    };
  }

  private RestoredLifetime lifetime() {
    String text = line.text("ttl").orElse("keep");
    return switch (text) {
      case "keep" -> RestoredLifetime.REMAINING;
      case "shift" -> RestoredLifetime.SHIFTED;
      case "never" -> RestoredLifetime.fixed(Lifetime.FOREVER);
      default -> {
        try {
          yield RestoredLifetime.fixed(Lifetime.ofSeconds(Long.parseLong(text)));
        } catch (IllegalArgumentException e) {
          throw line.wrong(
              "ttl",
              "it must be keep, shift, never or 1 to %d seconds"
                  .formatted(Lifetime.MAX.toSeconds()));
        }
      }
    };
  }

  private int restore(
      DumpFile dump, RestoreRequest request, AppRule apps, Store store, Foreground foreground) {
    StoredCount counted = new StoredCount(store.bulk());
    Restorer restorer = new Restorer(
        Store.of(store.cache(), store.keyspace(), counted, clock),
        dump.dumps(),
        apps,
        foreground.executor(),
        clock);
    try {
      RestoreAccount report =
          foreground.runInterruptibly(PROGRESS, progress -> restorer.restore(request, progress));
      return printResult(report, request);
    } catch (Cancelled e) {
      context.printMessage("the restore was cancelled; %s entries are stored and stay"
          .formatted(Formats.count(counted.stored())));
      return Exit.FAILED;
    } catch (BulkIncomplete e) {
      e.others()
          .forEach((reason, count) -> context.printMessage(
              "%s until then: %s".formatted(words(reason), Formats.count(count))));
      throw e;
    }
  }

  private int printResult(RestoreAccount report, RestoreRequest request) {
    context.out().println(Reports.summary(report.dump()));
    Table table = new Table("", "entries");
    table.add(
        List.of(request.dryRun() ? "would be stored" : "stored", Formats.count(report.restored())));
    report
        .skipped()
        .forEach((reason, count) -> table.add(List.of(words(reason), Formats.count(count))));
    table.add(List.of("refused", Formats.count(report.failed())));
    table.lines().forEach(context.out()::println);
    for (KeyProblem problem : report.refused()) {
      context
          .out()
          .printf("not stored: %s: %s%n", TerminalText.line(problem.key()), problem.reason());
    }
    context
        .out()
        .println(Formats.throughput(report.duration(), report.dump().entries(), "entries"));
    if (report.moved() > 0) {
      context.printMessage("%s entries %s to another server than they came from (ring: %s)"
          .formatted(
              Formats.count(report.moved()),
              request.dryRun() ? "would go" : "went",
              report.ring()));
    }
    if (!report.dump().valid()) {
      context.printMessage("the dump is damaged; what is intact of it was taken");
    }
    report
        .dump()
        .account()
        .map(Reports::missing)
        .ifPresent(missing -> missing.forEach(context::printMessage));
    return report.dump().valid() && report.refused().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
  }

  private static String words(SkipReason reason) {
    return switch (reason) {
      case ELSEWHERE -> "elsewhere";
      case EXISTS -> "there already";
      case EXPIRED -> "expired";
      case FAILED -> "failed";
      case GONE -> "gone";
      case NOT_MATCHING -> "not asked for";
      case STALE -> "stale";
      case TOO_LARGE -> "too large";
      case WARM_SERVER -> "warm server";
    };
  }
}

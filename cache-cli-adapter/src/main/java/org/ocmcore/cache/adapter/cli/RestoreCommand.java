package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoredLifetime;
import org.ocmcore.cache.domain.restore.Restorer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache restore}: restores a dump, or a file of another tool. */
@Command(
    name = "restore",
    header = "Store what a dump or a file of another tool holds.",
    description = {
      "FILE is any dump, CACHE_DUMP_FILE if it is left out, or the output of memcached-tool dump, or",
      "CSV or NDJSON with key, value, ttl and flags; .gz and .zst are decompressed. It is checked",
      "whole before the first entry is stored, and stays as it is. Each key goes where it belongs",
      "now, however many servers there were. Changes are allowed with CACHE_ENVIRONMENT=development",
      "only; --dry-run always."
    })
final class RestoreCommand extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("restore", "entries", "checking the dump");

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      converter = FileArgument.class,
      description = "instead of CACHE_DUMP_FILE")
  private Path file;

  @Option(
      names = "--mode",
      paramLabel = "add|replace",
      description = "what becomes of keys that live: add leaves them (default)")
  private String mode = "add";

  @Option(
      names = "--ttl",
      paramLabel = "keep|shift|TIME|never",
      description =
          "keep: they end when they would have (default); shift: later by the age of the dump")
  private String ttl = "keep";

  @Option(
      names = "--placement",
      paramLabel = "origin|ring",
      description =
          "origin: each entry on the server that it came from (default); ring: where new keys go")
  private String placement = "origin";

  @Option(
      names = "--cold-only",
      description =
          "only onto servers that are empty or were started after the dump; what others lack was deleted or evicted")
  private boolean isColdOnly;

  @Option(names = "--dry-run", description = "store nothing; report what a restore would do")
  private boolean isDryRun;

  @Option(names = "--salvage", description = "restore what is intact of a damaged dump; exit 4")
  private boolean isSalvaging;

  @Mixin
  private FileOptions opening;

  @Mixin
  private FilterOptions filters;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private ServersOption servers;

  RestoreCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    RestoreRequest request = request();
    CommandSettings settings = servers.settings(host(), context());
    if (!isDryRun) {
      settings.management().require(Operation.MANAGE, Caller.SERVICE);
    }
    DumpFile dump = opening.open(
        file == null ? settings.dumpFile() : file,
        opening.followsLinks() || settings.followsLinks(),
        host(),
        context());
    try (Foreground foreground = new Foreground(context(), host(), quiet.style(context()));
        DirectServers asked = host().open(settings, context().clock())) {
      return restore(dump, request.of(dump.name()), settings.apps(), asked.store(), foreground);
    }
  }

  private RestoreRequest request() {
    filters.requireOfDump("--placement says where entries go");
    RestoreRequest request = RestoreRequest.MISSING
        .with(filters.filter())
        .in(parsedMode())
        .with(lifetime())
        .onto(parsedPlacement());
    request = isColdOnly ? request.ontoCold() : request;
    request = isSalvaging ? request.salvaging() : request;
    return isDryRun ? request.asDryRun() : request;
  }

  private RestoreRequest.Mode parsedMode() {
    return switch (mode) {
      case "add" -> RestoreRequest.Mode.ADD;
      case "replace" -> RestoreRequest.Mode.REPLACE;
      default -> throw FilterOptions.wrong("--mode", mode, "it must be add or replace");
    };
  }

  private RestoreRequest.Placement parsedPlacement() {
    return switch (placement) {
      case "origin" -> RestoreRequest.Placement.ORIGIN;
      case "ring" -> RestoreRequest.Placement.RING;
      default -> throw FilterOptions.wrong("--placement", placement, "it must be origin or ring");
    };
  }

  private RestoredLifetime lifetime() {
    return switch (ttl) {
      case "keep" -> RestoredLifetime.REMAINING;
      case "shift" -> RestoredLifetime.SHIFTED;
      case "never" -> RestoredLifetime.fixed(Lifetime.FOREVER);
      default -> {
        try {
          yield RestoredLifetime.fixed(Lifetime.ofSeconds(Durations.parse(ttl).toSeconds()));
        } catch (IllegalArgumentException e) {
          throw FilterOptions.wrong(
              "--ttl",
              ttl,
              "it must be keep, shift, never or 1 to %d seconds"
                  .formatted(Lifetime.MAX.toSeconds()));
        }
      }
    };
  }

  private int restore(
      DumpFile dump, RestoreRequest request, AppRule apps, Store store, Foreground foreground) {
    Restorer restorer =
        new Restorer(store, dump.dumps(), apps, foreground.executor(), context().clock());
    RestoreAccount report;
    try {
      report =
          foreground.runInterruptibly(PROGRESS, progress -> restorer.restore(request, progress));
    } catch (Cancelled e) {
      return cancelled(0);
    }
    printResult(report);
    CacheException failure = report.failure().orElse(null);
    if (failure instanceof Cancelled
        || failure != null && context().interruption().isRequested()) {
      return cancelled(report.restored());
    }
    if (failure != null) {
      throw failure;
    }
    return report.dump().valid() && report.refused().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
  }

  private int cancelled(long stored) {
    context()
        .printMessage("the restore was cancelled; %s entries are stored and stay"
            .formatted(Formats.count(stored)));
    return Exit.FAILED;
  }

  private void printResult(RestoreAccount report) {
    if (output.isTable()) {
      printPlain(report);
    } else {
      RestoredView restored = RestoredView.of(report, ttl, placement);
      output.print(restored, restored.rows(), RestoredView.COLUMNS, context());
    }
    printNotes(report);
  }

  private void printPlain(RestoreAccount report) {
    context().out().println(Reports.summary(report.dump()));
    Table table = new Table("", "entries");
    table.add(List.of(isDryRun ? "would be stored" : "stored", Formats.count(report.restored())));
    report
        .skipped()
        .forEach((reason, count) -> table.add(List.of(words(reason), Formats.count(count))));
    table.add(List.of("refused", Formats.count(report.failed())));
    if (report.failure().isPresent()) {
      report.left().ifPresent(left -> table.add(List.of("left", Formats.count(left))));
    }
    table.print(context().out());
    for (KeyProblem problem : report.refused()) {
      context()
          .out()
          .printf("not stored: %s: %s%n", TerminalText.line(problem.key()), problem.reason());
    }
    long more = report.failed()
        + report.skipped().getOrDefault(SkipReason.TOO_LARGE, 0L)
        - report.refused().size();
    if (more > 0) {
      context().out().printf("not stored: %s more%n", Formats.count(more));
    }
    context()
        .out()
        .println(Formats.throughput(report.duration(), report.dump().entries(), "entries"));
  }

  private void printNotes(RestoreAccount report) {
    if (report.moved() > 0) {
      context()
          .printMessage("%s entries %s to another server than they came from (ring: %s)"
              .formatted(
                  Formats.count(report.moved()), isDryRun ? "would go" : "went", report.ring()));
    }
    if (!report.dump().valid()) {
      context().printMessage("the dump is damaged; what is intact of it was taken");
    }
    report
        .dump()
        .account()
        .map(Reports::missing)
        .ifPresent(missing -> missing.forEach(context()::printMessage));
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

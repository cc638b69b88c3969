package org.ocmcore.cache.app;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.error.BulkIncomplete;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoredLifetime;
import org.ocmcore.cache.domain.restore.Restorer;

/** {@code cache restore}. */
final class RestoreCommand {
  private static final ProgressLine PROGRESS =
      new ProgressLine("restore", "entries", "checking the dump");

  private final CommandContext shell;
  private final CommandLine line;
  private final Clock clock = Clock.systemUTC();

  RestoreCommand(CommandContext shell, CommandLine line) {
    this.shell = shell;
    this.line = line;
  }

  /** @throws IOException if there is no file to read */
  int run() throws IOException {
    RestoreRequest request = request();
    AppConfig config = AppConfig.from(shell.environment());
    AppConfig.Store servers = config.requireServers();
    if (!request.dryRun()) {
      CacheAdmin.requireAllowedIn(config.environment());
    }
    DumpFile dump = DumpFile.open(line.file().orElse(config.dumps().file()));
    try (Foreground foreground = new Foreground(shell, shell.style(line), clock);
        DirectStore store = DirectStore.open(servers, clock)) {
      return restore(dump, request.of(dump.name()), store.store(), foreground);
    }
  }

  private RestoreRequest request() {
    RestoreRequest request =
        RestoreRequest.MISSING.with(new KeyOptions(line).filter()).in(mode()).with(lifetime());
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

  private int restore(DumpFile dump, RestoreRequest request, Store store, Foreground foreground) {
    StoredCount counted = new StoredCount(store.bulk());
    Restorer restorer = new Restorer(
        new Store(store.cache(), store.keyspace(), counted),
        dump.dumps(),
        foreground.executor(),
        clock);
    try {
      RestoreAccount report =
          foreground.runInterruptibly(PROGRESS, progress -> restorer.restore(request, progress));
      return tell(report, request);
    } catch (Cancelled e) {
      shell.say("the restore was cancelled; %s entries are stored and stay"
          .formatted(Formats.count(counted.stored())));
      return Exit.FAILED;
    } catch (BulkIncomplete e) {
      e.others()
          .forEach((reason, count) ->
              shell.say("%s until then: %s".formatted(words(reason), Formats.count(count))));
      throw e;
    }
  }

  private int tell(RestoreAccount report, RestoreRequest request) {
    shell.out().println(Reports.summary(report.dump()));
    Table table = new Table("", "entries");
    table.add(
        List.of(request.dryRun() ? "would be stored" : "stored", Formats.count(report.restored())));
    report
        .skipped()
        .forEach((reason, count) -> table.add(List.of(words(reason), Formats.count(count))));
    table.add(List.of("refused", Formats.count(report.failed())));
    table.lines().forEach(shell.out()::println);
    for (KeyProblem problem : report.refused()) {
      shell
          .out()
          .printf("not stored: %s: %s%n", TerminalText.line(problem.key()), problem.reason());
    }
    shell.out().println(Formats.pace(report.duration(), report.dump().entries(), "entries"));
    if (!report.dump().valid()) {
      shell.say("the dump is damaged; what is intact of it was taken");
    }
    report.dump().account().map(Reports::missing).ifPresent(missing -> missing.forEach(shell::say));
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
      case TOO_LARGE -> "too large";
      case WARM_SERVER -> "warm server";
    };
  }
}

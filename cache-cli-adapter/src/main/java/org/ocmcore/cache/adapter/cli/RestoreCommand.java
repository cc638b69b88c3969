package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.Restorer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin
  private RestoreOptions options;

  @Mixin
  private FileOptions opening;

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
    RestoreRequest request = options.request();
    CommandSettings settings = servers.settings(host(), context());
    if (!options.isDryRun()) {
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

  private int restore(
      DumpFile dump, RestoreRequest request, AppRule apps, Store store, Foreground foreground) {
    Restorer restorer =
        new Restorer(store, dump.dumps(), apps, foreground.executor(), context().clock());
    RestoreAccount report;
    try {
      report =
          foreground.runInterruptibly(PROGRESS, progress -> restorer.restore(request, progress));
    } catch (Cancelled e) {
      return RestoreReport.cancelled(0, options.isDryRun(), context());
    }
    printResult(report);
    CacheException failure = report.failure().orElse(null);
    if (failure instanceof Cancelled
        || failure != null && context().interruption().isRequested()) {
      return RestoreReport.cancelled(report.restored(), options.isDryRun(), context());
    }
    if (failure != null) {
      throw failure;
    }
    return report.dump().valid() && report.refused().isEmpty() ? Exit.DONE : Exit.INCOMPLETE;
  }

  private void printResult(RestoreAccount report) {
    if (output.isTable()) {
      context().out().println(Reports.summary(report.dump()));
    }
    RestoreReport.print(
        RestoredView.of(report, options.ttl(), options.placement()), output, context());
    report
        .dump()
        .account()
        .map(Reports::missing)
        .ifPresent(missing -> missing.forEach(context()::printMessage));
  }
}

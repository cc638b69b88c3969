package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.dump.DumpPairComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache diff}: compares dumps with each other, or with the live cache. */
@Command(
    name = "diff",
    header = "Compare a dump with another one, or with the live cache.",
    description = {
      "With two files, compares them and asks no server. With one file, compares it with the servers.",
      "With --url or CACHE_URL, A is the name of a dump of the service, as dumps ls shows it, and the",
      "service compares it with its live cache. Values and flags count, lifetimes do not. Reads live",
      "values, and changes nothing. Exit status 5 if a dump is damaged; what is intact is compared."
    })
final class DiffCommand extends Verb {
  private static final ProgressLine PROGRESS =
      new ProgressLine("diff", "entries", "checking the dump");
  private static final int MOST = 1_000;

  private static final List<Column<Row>> COLUMNS = List.of(
      Column.text("difference", "difference", Row::difference),
      Column.key("key", "key", row -> row.key().key()));

  @Parameters(index = "0", paramLabel = "A", description = "a dump file, or a dump of a service")
  private String first;

  @Parameters(
      index = "1",
      paramLabel = "B",
      arity = "0..1",
      converter = FileArgument.class,
      description = "another dump file")
  private Path second;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "name at most N keys of each difference (default 20)")
  private String limit = "20";

  @Mixin
  private FileOptions opening;

  @Mixin
  private OutputOptions output;

  @Mixin
  private QuietOption quiet;

  @Mixin
  private TargetOptions target;

  DiffCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  /** A key that differs. */
  private record Row(String difference, @JsonUnwrapped NameView key) {}

  @Override
  public Integer call() throws IOException {
    int most = (int) Numbers.of("--limit", limit, 0, MOST);
    Differences found = second == null ? withLive(most) : withOther(most);
    print(found);
    return found.areWhole() ? Exit.DONE : Exit.DAMAGED;
  }

  private Differences withOther(int most) throws IOException {
    target.requireAbsent("two files are compared here, and no cache is asked");
    DumpFile one = opening.open(new FileArgument().convert(first), host(), context());
    DumpFile other = opening.open(second, host(), context());
    try (Foreground foreground = new Foreground(context(), host(), quiet.style(context()))) {
      return PairDiffView.of(foreground.runInterruptibly(
          PROGRESS,
          progress -> DumpPairComparison.compare(one.dumps(), other.dumps(), most, progress)));
    }
  }

  private Differences withLive(int most) throws IOException {
    Optional<RestClient> service = target.service(context());
    if (service.isPresent()) {
      if (first.contains("/")) {
        throw FilterOptions.wrong(
            "A",
            first,
            "a service compares its own dumps, by the names of dumps ls; for a file, give --servers");
      }
      context().messages().printPart("on " + new ServiceTarget(service.get()).place());
      return service
          .get()
          .get(
              DumpsCommand.path(first) + "/diff/",
              Map.of("limit", Integer.toString(most)),
              DiffView.class);
    }
    DumpFile dump = opening.open(new FileArgument().convert(first), host(), context());
    CommandSettings settings = target.settings(host(), context());
    try (Foreground foreground = new Foreground(context(), host(), quiet.style(context()));
        DirectServers servers = host().open(settings, context().clock())) {
      context()
          .messages()
          .printPart("on " + String.join(", ", servers.cases().reader().servers()));
      return DiffView.of(foreground.runInterruptibly(
          PROGRESS, progress -> servers.diff(dump.dumps(), most, progress)));
    }
  }

  private void print(Differences found) {
    List<Row> rows = found.groups().stream()
        .flatMap(group -> group.first().stream().map(key -> new Row(group.name(), key)))
        .toList();
    if (output.isTable()) {
      found
          .groups()
          .forEach(group -> context()
              .out()
              .println("%-16s %s".formatted(group.name(), Formats.keys(group.count()))));
    }
    output.print(found, rows, COLUMNS, context());
  }
}

package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.query.KeyOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache keys}: lists keys. */
@Command(
    name = "keys",
    header = "List keys.",
    description = {
      "PATTERN is a regular expression that is found anywhere in a key, or a glob with --glob. Without",
      "it and without other filters, lists every key. Asks for no value, and changes nothing."
    })
final class KeysCommand extends Verb {
  private static final List<Column<KeyView>> COLUMNS = List.of(
      Column.bytes("size_bytes", "size", key -> OptionalLong.of(key.sizeBytes())),
      Column.ttl("ttl_seconds", "ttl", KeyView::ttlSeconds),
      Column.seconds("last_access_seconds", "idle", KeyView::lastAccessSeconds),
      Column.text("server", "server", KeyView::server),
      Column.key("key", "key", KeyView::key));

  @Parameters(paramLabel = "PATTERN", arity = "0..1", description = "what is found in the keys")
  private String pattern;

  @Option(names = "-l", description = "with size, remaining lifetime, idle time and server")
  private boolean isLong;

  @Option(names = "-0", description = "end each key with a zero byte, for xargs -0 cache VERB")
  private boolean endsWithZero;

  @Option(
      names = "--sort",
      paramLabel = "key|size|ttl|idle|server",
      description = "largest, soonest to expire or longest idle first; needs --limit")
  private String sort = "key";

  @Option(names = "--limit", paramLabel = "N", description = "list at most N keys")
  private String limit;

  @Mixin
  private FilterOptions filters;

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  KeysCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    filters.pattern(pattern);
    filters.filter();
    if (endsWithZero && (isLong || !output.isTable())) {
      throw new WrongUsage("-0 lists keys alone; leave out " + (isLong ? "-l" : "--output"));
    }
    OptionalInt most = limit == null
        ? OptionalInt.empty()
        : OptionalInt.of((int) Numbers.of("--limit", limit, 1, Integer.MAX_VALUE));
    Choice.of("--sort", sort, KeyOrder.By.class);
    if (!sort.equals("key") && most.isEmpty()) {
      throw new WrongUsage("--sort %s needs --limit, such as --limit 20".formatted(sort));
    }
    try (CommandTarget cache = target.open(host(), context())) {
      KeysView keys = cache.keys(filters, sort, most);
      print(keys);
      keys.freshness().notes(context().clock().instant()).stream()
          .map(RequestProblem::shortened)
          .forEach(context()::printMessage);
      return keys.freshness().complete() ? Exit.DONE : Exit.INCOMPLETE;
    }
  }

  private void print(KeysView keys) {
    try (ResultStream result = new ResultStream(context())) {
      if (endsWithZero) {
        keys.keys().accept(key -> {
          result.raw().print(TerminalText.key(key.key()) + '\0');
          result.rowPrinted();
        });
      } else if (output.isJson()) {
        JsonKeys.print(keys, result);
      } else if (output.isTable() && !isLong) {
        keys.keys().accept(key -> {
          result.out().println(TerminalText.key(key.key()));
          result.rowPrinted();
        });
      } else {
        try (RowPrinter<KeyView> rows = output.printer(COLUMNS, result.out())) {
          keys.keys().accept(key -> {
            rows.print(key);
            result.rowPrinted();
          });
        }
      }
    }
  }
}

package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cache flush}: clears every server. */
@Command(
    name = "flush",
    header = "Clear every server.",
    description = {
      "Shows each server with its items, and clears all when you type the number of items. Nothing",
      "brings them back, unless a dump holds them. Production refuses it."
    })
final class FlushCommand extends Verb {
  private static final List<Column<Held>> COLUMNS = List.of(
      Column.text("address", "server", Held::address),
      Column.count("current_items", "items", held -> OptionalLong.of(held.currentItems)),
      Column.bytes("bytes", "bytes", Held::bytes));

  /** What would be cleared. */
  private record Preview(long currentItems, List<Held> servers) {
    private Preview {
      servers = List.copyOf(servers);
    }
  }

  /** What a server holds. */
  private record Held(String address, long currentItems, OptionalLong bytes) {
    private static Held of(ServerView server) {
      return new Held(server.address(), server.currentItems().orElse(0), server.bytes());
    }
  }

  @Option(names = "--yes", description = "do not ask, for scripts; needs --max-keys")
  private boolean isConfirmed;

  @Option(
      names = "--max-keys",
      paramLabel = "N",
      description = "clear nothing if the servers hold more items than these; exit 7")
  private String maxKeys;

  @Option(names = "--dry-run", description = "clear nothing; show the servers")
  private boolean isDryRun;

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  FlushCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    OptionalLong most = maxKeys == null
        ? OptionalLong.empty()
        : OptionalLong.of(Numbers.of("--max-keys", maxKeys, 0, Long.MAX_VALUE));
    if (isConfirmed && most.isEmpty()) {
      throw new WrongUsage("--yes needs --max-keys N, so that a wrong server loses few keys");
    }
    if (!isConfirmed && !isDryRun) {
      Question.requireTerminal(context(), "--yes and --max-keys N");
    }
    try (CommandTarget cache = target.open(host(), context())) {
      return flush(cache, most);
    }
  }

  private int flush(CommandTarget cache, OptionalLong most) throws IOException {
    context().messages().printPart("on " + cache.place());
    cache.requireClearable();
    long items = 0;
    boolean areKnown = true;
    List<ServerView> servers = cache.stats().servers();
    for (ServerView server : servers) {
      context().messages().printPart("  %s: %s".formatted(server.address(), content(server)));
      items += server.currentItems().orElse(0);
      areKnown &= server.currentItems().isPresent();
    }
    if (!areKnown) {
      context()
          .messages()
          .printFailure("the items of a server are not known: nothing was done", Exit.FAILED);
      return Exit.FAILED;
    }
    if (most.isPresent() && items > most.getAsLong()) {
      context()
          .messages()
          .printFailure(
              "there are %s items, and --max-keys is %s: nothing was done"
                  .formatted(Formats.count(items), Formats.count(most.getAsLong())),
              Exit.NOT_CONFIRMED);
      return Exit.NOT_CONFIRMED;
    }
    if (isDryRun) {
      printPreview(servers, items);
      return Exit.DONE;
    }
    if (!isConfirmed
        && !Question.isConfirmed(context(), items, "if all servers are to be cleared")) {
      return Exit.NOT_CONFIRMED;
    }
    new MessageView(cache.clear()).print(output, context());
    return Exit.DONE;
  }

  /** What a table would show stands on standard error, as before every question. */
  private void printPreview(List<ServerView> servers, long items) {
    if (!output.isTable()) {
      List<Held> held = servers.stream().map(Held::of).toList();
      output.print(new Preview(items, held), held, COLUMNS, context());
    }
  }

  private static String content(ServerView server) {
    return server
        .problem()
        .orElseGet(() -> server.currentItems().isEmpty()
            ? "its items are not known"
            : "%s items, %s"
                .formatted(
                    Formats.count(server.currentItems().getAsLong()),
                    Formats.bytes(server.bytes().orElse(0))));
  }
}

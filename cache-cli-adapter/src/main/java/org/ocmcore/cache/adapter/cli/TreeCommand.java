package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache tree}: counts keys by the names in them. */
@Command(
    name = "tree",
    header = "Count keys and bytes by the next name in the keys.",
    description = {
      "A name is the part of a key from PREFIX to the next delimiter, or to the end. Counts are exact.",
      "Asks for no value, and changes nothing."
    })
final class TreeCommand extends Verb {
  private static final int MOST = 10_000;

  private static final List<Column<TreeView.Child>> COLUMNS = List.of(
      Column.count("keys", "keys", child -> OptionalLong.of(child.sums().keys())),
      Column.bytes("bytes", "bytes", child -> OptionalLong.of(child.sums().bytes())),
      Column.count(
          "never_expire", "never expire", child -> OptionalLong.of(child.sums().neverExpire())),
      Column.key("prefix", "prefix", TreeView.Child::prefix));

  @Parameters(paramLabel = "PREFIX", arity = "0..1", description = "what all keys begin with")
  private String prefix = "";

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      description = "what stands between names (default :)")
  private String delimiter = ":";

  @Option(
      names = "--sort",
      paramLabel = "size|keys|name",
      description = "largest, most keys, or by name (default size)")
  private String sort = "size";

  @Option(names = "--limit", paramLabel = "N", description = "show at most N names (default 100)")
  private String limit = "100";

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  TreeCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    int most = (int) Numbers.of("--limit", limit, 1, MOST);
    if (delimiter.isEmpty()) {
      throw FilterOptions.wrong("--delimiter", delimiter, "it must not be empty");
    }
    try (CommandTarget cache = target.open(host(), context())) {
      TreeView tree = cache.tree(new CommandTarget.TreeRequest(prefix, delimiter, sort, most));
      print(tree);
      tree.freshness().notes(context().clock().instant()).forEach(context()::printMessage);
      return tree.freshness().complete() ? Exit.DONE : Exit.INCOMPLETE;
    }
  }

  private void print(TreeView tree) {
    output.print(tree, tree.children(), COLUMNS, context());
    if (output.isTable()) {
      context()
          .printMessage("%s, %s%s"
              .formatted(
                  Formats.keys(tree.totals().keys()),
                  Formats.bytes(tree.totals().bytes()),
                  tree.truncated()
                      ? "; %s of %s names are shown, see --limit"
                          .formatted(
                              Formats.count(tree.children().size()),
                              Formats.count(tree.totalChildren()))
                      : ""));
    }
  }
}

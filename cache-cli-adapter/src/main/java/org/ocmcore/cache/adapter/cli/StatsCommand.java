package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.List;
import org.ocmcore.cache.domain.error.CacheException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache stats}: the servers with their counters. */
@Command(
    name = "stats",
    header = "Show the servers with their counters.",
    description = "Exit status 1 if a server is down. Changes nothing.")
final class StatsCommand extends Verb {
  private static final List<Column<ServerView>> COLUMNS = List.of(
      Column.text("address", "server", ServerView::address),
      Column.flag("up", "up", ServerView::up).forPrograms(),
      Column.<ServerView>text("problem", "problem", server -> server.problem().orElse(""))
          .forPrograms(),
      new Column<>(
          "version",
          "version",
          false,
          server -> server.version().orElse(""),
          server -> server.up() ? server.version().orElse("-") : "down"),
      Column.seconds("uptime_seconds", "up", ServerView::uptimeSeconds),
      Column.count("current_items", "items", ServerView::currentItems),
      Column.bytes("bytes", "bytes", ServerView::bytes),
      Column.bytes("limit_bytes", "limit", ServerView::limitBytes),
      Column.count("hits", "hits", ServerView::hits).forPrograms(),
      Column.count("misses", "misses", ServerView::misses).forPrograms(),
      Column.ratio("hit_ratio", "hits", ServerView::hitRatio),
      Column.count("stores", "stores", ServerView::stores).forPrograms(),
      Column.count("evictions", "evictions", ServerView::evictions),
      Column.count("connections", "connections", ServerView::connections));

  @Mixin
  private OutputOptions output;

  @Mixin
  private WatchOption watch;

  @Mixin
  private TargetOptions target;

  StatsCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    try (CommandTarget cache = target.open(host(), context())) {
      return watch.repeat(context(), () -> print(stats(cache)));
    }
  }

  private StatsView stats(CommandTarget cache) {
    try {
      return cache.stats();
    } catch (CacheException | RequestProblem e) {
      if (output.isJson()) {
        // It would have a number of keys, which nobody knows.
        throw e;
      }
      return DownServers.stats(cache, e);
    }
  }

  private int print(StatsView stats) {
    output.print(stats, stats.servers(), COLUMNS, server -> !server.up(), context());
    stats
        .servers()
        .forEach(server -> server
            .problem()
            .ifPresent(reason -> context().printProblem(server.address() + ": " + reason)));
    return stats.servers().stream().allMatch(ServerView::up) ? Exit.DONE : Exit.FAILED;
  }
}

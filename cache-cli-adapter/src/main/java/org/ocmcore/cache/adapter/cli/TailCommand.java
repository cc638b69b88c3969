package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.changes.ChangeKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache tail}: shows changes as they happen. */
@Command(
    name = "tail",
    header = "Show changes of keys as they happen; Ctrl-C ends it.",
    description = {
      "Shows what the feeds of the servers report: stores, and deletions and evictions where the version",
      "of a server reports them. What a server does not report, and what is missing, is said on standard",
      "error. PATTERN is a regular expression, or a glob with --glob. Shows no values, changes nothing.",
      "On servers directly, walks over each once at the beginning."
    })
final class TailCommand extends Verb {
  private static final List<Column<ChangeFeed.Change>> COLUMNS = List.of(
      Column.text("at", "at", ChangeFeed.Change::at),
      Column.text("kind", "kind", ChangeFeed.Change::kind),
      Column.bytes("size_bytes", "size", ChangeFeed.Change::sizeBytes),
      Column.text("server", "server", ChangeFeed.Change::server),
      Column.key("key", "key", ChangeFeed.Change::key));

  private volatile boolean isOver;

  @Parameters(paramLabel = "PATTERN", arity = "0..1", description = "what is found in the keys")
  private String pattern;

  @Option(
      names = "--kind",
      paramLabel = "stored,deleted,evicted",
      description = "these kinds of changes alone")
  private String kinds;

  @Option(names = "--for", paramLabel = "TIME", description = "end after this time, such as 30s")
  private String time;

  @Option(names = "--count", paramLabel = "N", description = "end after N changes")
  private String count;

  @Mixin
  private FilterOptions filters;

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  TailCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    filters.pattern(pattern);
    filters.requireNamesOnly();
    long left = count == null ? Long.MAX_VALUE : Numbers.of("--count", count, 1, Long.MAX_VALUE);
    Duration wanted = time == null ? Duration.ofDays(36_500) : duration();
    Set<ChangeKind> selected = kinds();
    context().interruption().react(() -> isOver = true);
    try (CommandTarget cache = target.open(host(), context());
        ChangeFeed feed = cache.follow(filters, selected)) {
      print(feed, left, context().clock().instant().plus(wanted));
      return Exit.DONE;
    }
  }

  private Duration duration() {
    try {
      return Durations.parse(time);
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong("--for", time, e.getMessage());
    }
  }

  private Set<ChangeKind> kinds() {
    if (kinds == null) {
      return EnumSet.allOf(ChangeKind.class);
    }
    try {
      return Arrays.stream(kinds.split(",", -1))
          .map(ChangeKind::named)
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(ChangeKind.class)));
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong("--kind", kinds, e.getMessage());
    }
  }

  private void print(ChangeFeed feed, long most, Instant end) {
    long left = most;
    try (RowPrinter<ChangeFeed.Change> rows = output.lines(COLUMNS, context().out())) {
      while (left > 0 && !isOver && context().clock().instant().isBefore(end)) {
        ChangeFeed.News news = feed.next();
        news.notes().forEach(context()::printMessage);
        List<ChangeFeed.Change> shown =
            news.changes().subList(0, (int) Math.min(left, news.changes().size()));
        shown.forEach(rows::print);
        left -= shown.size();
        if (context().isResultBroken()) {
          return;
        }
      }
    }
    if (!isOver) {
      feed.requireBegun();
    }
  }
}

package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ocmcore.cache.domain.error.CacheException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cache top}: shows what the servers do, again and again. */
@Command(
    name = "top",
    header = "Show what the servers do: reads, hits, stores, evictions, memory.",
    description = {
      "A live screen on a terminal: ? shows the keys, q ends it. Elsewhere a line for each server and",
      "interval. A server that is down has its problem in its row, and the others go on. Changes nothing."
    })
final class TopCommand extends Verb {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** In which the end of the process reaches the command. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final CountDownLatch over = new CountDownLatch(1);

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "the time between two samples, such as 500ms or 10s (default 2s)")
  private String interval = "2s";

  @Option(
      names = "--sort",
      paramLabel = "server|gets|hits|writes|evictions|memory|items",
      description =
          "the order of the servers, largest first, worst ratio of hits first (default server, as configured)")
  private String sort = "server";

  @Option(
      names = "--once",
      description = "show one interval and end; exit status 1 if a server is down")
  private boolean isOnce;

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  TopCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    Duration pause = interval();
    TopState.Sort order = Choice.of("--sort", sort, TopState.Sort.class);
    context().interruption().open(over);
    try (CommandTarget cache = target.open(host(), context())) {
      CounterSample first = first(cache);
      if (isOnce) {
        return isOver(pause)
            ? Exit.DONE
            : printOnce(TopRates.between(first, sample(cache, first)).by(order));
      }
      if (output.isTable() && context().canDraw()) {
        show(cache, first, pause, TopState.first(order));
      } else {
        printLines(cache, first, pause, order);
      }
      return Exit.DONE;
    }
  }

  private Duration interval() {
    try {
      Duration pause = Durations.parse(interval);
      if (pause.compareTo(SHORTEST) < 0 || pause.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("it must be 100ms to 1h");
      }
      return pause;
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong("--interval", interval, e.getMessage());
    }
  }

  private CounterSample first(CommandTarget cache) {
    try {
      return sample(cache);
    } catch (CacheException | RequestProblem e) {
      return new CounterSample(DownServers.stats(cache, e), context().clock().instant());
    }
  }

  private CounterSample sample(CommandTarget cache) {
    StatsView stats = cache.stats();
    return new CounterSample(stats, context().clock().instant());
  }

  /** If nothing answers, the problem is that of each server, and the next sample may be better. */
  private CounterSample sample(CommandTarget cache, CounterSample last) {
    try {
      return sample(cache);
    } catch (CacheException | RequestProblem e) {
      return last.failed(e.getMessage(), context().clock().instant());
    }
  }

  /** Waits. Returns whether the command must end. */
  private boolean isOver(Duration pause) {
    try {
      return over.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private int printOnce(TopView view) {
    if (output.isJson()) {
      context().out().println(JsonOutput.line(view));
    } else if (output.isTable()) {
      try (RowPrinter<TopRow> rows =
          output.printer(TopColumns.table(view), TopRow::isDown, context().out())) {
        view.servers().forEach(rows::print);
        if (view.servers().size() > 1) {
          rows.print(view.fleet());
        }
      }
      view.servers().forEach(this::printProblem);
    } else {
      try (RowPrinter<TopRow> rows =
          output.printer(TopColumns.fields(), context().out())) {
        view.servers().forEach(rows::print);
      }
    }
    return view.isUp() ? Exit.DONE : Exit.FAILED;
  }

  private void printProblem(TopRow row) {
    row.problem().ifPresent(reason -> context().printProblem(row.address() + ": " + reason));
  }

  private void show(CommandTarget cache, CounterSample first, Duration pause, TopState state)
      throws IOException {
    try (TopLoop loop = new TopLoop(
            first,
            last -> sample(cache, last),
            pause,
            cache.place(),
            context().interruption()::isRequested);
        LiveScreen screen =
            LiveScreen.open(context().rawOut(), context().colors().onOut())) {
      loop.show(screen, state);
    } catch (IOException e) {
      // The end of the process closes the terminal, perhaps before it reaches this command.
      if (!isOver(GRACE)) {
        throw e;
      }
    }
  }

  private void printLines(
      CommandTarget cache, CounterSample first, Duration pause, TopState.Sort order) {
    CounterSample last = first;
    try (RowPrinter<TopRow> rows = output.isTable()
        ? new TopLinePrinter(context().out())
        : output.lines(TopColumns.fields(), context().out())) {
      while (!isOver(pause) && !context().isResultBroken()) {
        CounterSample next = sample(cache, last);
        TopView view = TopRates.between(last, next).by(order);
        if (output.isJson()) {
          context().out().println(JsonOutput.line(view));
        } else {
          view.servers().forEach(rows::print);
        }
        last = next;
      }
    }
  }
}

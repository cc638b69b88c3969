package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.tracking.FleetCheck;
import org.ocmcore.cache.domain.tracking.ServerCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache check}: says what each server is and offers, and which ring fits. */
@Command(
    name = "check",
    header = "Say what each server is and offers, and which ring fits the keys.",
    description = {
      "The servers are those of MEMCACHED_SERVERS or MEMCACHED_HOST. Reads some keys of each and no",
      "value, and changes nothing. Exit status 1 if a server is down or its keys cannot be listed."
    })
final class CheckCommand implements Callable<Integer> {
  private static final ProgressLine PROGRESS =
      new ProgressLine("check", "servers", "asking the servers");

  private static final String UNKNOWN = "-";
  private static final double NANOS_PER_MILLI = 1e6;

  private final CommandHost host;
  private final CommandContext context;

  @Mixin
  private HelpOption help;

  CheckCommand(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  @Override
  public Integer call() {
    CommandSettings settings = host.settings(context.environment());
    settings.requireServers();
    try (Foreground foreground = new Foreground(context, host, ProgressDisplay.Style.NONE);
        DirectServers servers = host.open(settings, context.clock())) {
      FleetCheck check = new FleetCheck(servers.store().keyspace(), foreground.executor());
      return report(foreground.execute(PROGRESS, progress -> check.check()));
    }
  }

  private int report(FleetCheck.Result result) {
    Table table = new Table(
        "server", "latency", "version", "up", "items", "memory", "hits", "listed", "feed");
    result.servers().forEach(server -> table.add(row(server)));
    table.print(context.out(), i -> result.servers().get(i).answers().isEmpty());
    result.servers().forEach(this::printRisks);
    result.ring().ifPresent(fit -> context.out().println("ring: " + host.advice(fit)));
    boolean isWell = result.servers().stream().allMatch(ServerCheck::isListed);
    return isWell ? Exit.DONE : Exit.FAILED;
  }

  private static List<String> row(ServerCheck server) {
    if (server.answers().isEmpty()) {
      return List.of(
          server.address(), "down", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "no", "no");
    }
    ServerCheck.Answers answers = server.answers().get();
    ServerStats stats = answers.stats();
    return List.of(
        server.address(),
        String.format(Locale.ROOT, "%.1f ms", answers.latency().toNanos() / NANOS_PER_MILLI),
        TerminalText.line(stats.version()),
        Formats.time(stats.uptime()),
        Formats.count(stats.currentItems()),
        memory(stats),
        stats.hitRatio().isPresent()
            ? Math.round(stats.hitRatio().getAsDouble() * 100) + " %"
            : UNKNOWN,
        server.isListed() ? "yes" : "no",
        feed(answers.feed()));
  }

  private static String memory(ServerStats stats) {
    String used = Formats.bytes(stats.bytes());
    return stats.limitBytes().isPresent()
        ? used + " of " + Formats.bytes(stats.limitBytes().getAsLong())
        : used;
  }

  private static String feed(Set<Kind> kinds) {
    return kinds.isEmpty()
        ? "no"
        : String.join(
            ", ",
            new TreeSet<>(kinds)
                .stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList());
  }

  private void printRisks(ServerCheck server) {
    server
        .failure()
        .ifPresent(failure ->
            Style.ALARM.println(context.out(), server.address() + ": " + failure.reason()));
    server.answers().ifPresent(answers -> {
      answers.withheld().ifPresent(reason -> print(server, reason));
      if (answers.stats().evictions() > 0) {
        print(
            server,
            "it has evicted %s items since its start: it is full"
                .formatted(Formats.count(answers.stats().evictions())));
      }
      if (answers.stats().isFlushPending()) {
        print(server, "a flush was sent that takes effect later");
      }
    });
  }

  private void print(ServerCheck server, String what) {
    context.out().println(server.address() + ": " + what);
  }
}

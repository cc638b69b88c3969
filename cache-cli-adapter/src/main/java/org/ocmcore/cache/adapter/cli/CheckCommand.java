package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.ocmcore.cache.adapter.cli.CheckView.Server;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cache check}: says what each server is and offers, and which ring fits. */
@Command(
    name = "check",
    header = "Say what each server is and offers, and which ring fits the keys.",
    description = {
      "Reads some keys of each and no value, and changes nothing. Exit status 1 if a server is down or",
      "its keys cannot be listed."
    })
final class CheckCommand extends Verb {
  private static final String UNKNOWN = "-";

  private static final List<Column<Server>> COLUMNS = List.of(
      Column.text("address", "server", Server::address),
      Column.flag("up", "up", Server::up).forPrograms(),
      new Column<>(
          "latency_ms",
          "latency",
          true,
          server -> text(server.latencyMs()),
          server -> server.up() ? latency(server.latencyMs().orElse(0)) : "down"),
      new Column<>(
          "version",
          "version",
          false,
          server -> server.version().orElse(""),
          server -> server.version().orElse(UNKNOWN)),
      Column.seconds("uptime_seconds", "up", Server::uptimeSeconds),
      Column.count("current_items", "items", Server::currentItems),
      Column.bytes("bytes", "bytes", Server::bytes),
      Column.bytes("limit_bytes", "limit", Server::limitBytes),
      new Column<>(
          "hit_ratio",
          "hits",
          true,
          server -> text(server.hitRatio()),
          server -> percent(server.hitRatio())),
      Column.count("evictions", "evictions", Server::evictions).forPrograms(),
      new Column<>(
          "requires_password",
          "password",
          false,
          server -> server.requiresPassword().map(String::valueOf).orElse(""),
          server -> server.requiresPassword().map(is -> is ? "yes" : "no").orElse(UNKNOWN)),
      Column.flag("listed", "listed", Server::listed),
      new Column<>(
          "reports",
          "feed",
          false,
          server -> String.join(" ", server.reports()),
          server -> server.reports().isEmpty() ? "no" : String.join(" ", server.reports())),
      Column.<Server>text("risks", "risks", server -> String.join("; ", server.risks()))
          .forPrograms());

  @Mixin
  private OutputOptions output;

  @Mixin
  private TargetOptions target;

  CheckCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  private static String text(OptionalDouble number) {
    return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
  }

  private static String latency(double millis) {
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }

  private static String percent(OptionalDouble ratio) {
    return ratio.isPresent() ? Math.round(ratio.getAsDouble() * 100) + " %" : UNKNOWN;
  }

  @Override
  public Integer call() throws IOException {
    try (CommandTarget cache = target.open(host(), context())) {
      CheckView check = cache.check();
      output.print(check, check.servers(), COLUMNS, server -> !server.up(), context());
      if (output.isTable()) {
        printAdvice(check);
      }
      return check.servers().stream().allMatch(Server::listed) ? Exit.DONE : Exit.FAILED;
    }
  }

  private void printAdvice(CheckView check) {
    // A fleet often has the same risk on every server.
    Map<String, List<Server>> risks = new LinkedHashMap<>();
    check
        .servers()
        .forEach(server -> server
            .risks()
            .forEach(
                risk -> risks.computeIfAbsent(risk, key -> new ArrayList<>()).add(server)));
    risks.forEach((risk, servers) -> {
      Style style = servers.stream().allMatch(Server::up) ? Style.PLAIN : Style.ALARM;
      String addresses = servers.stream().map(Server::address).collect(Collectors.joining(", "));
      style.println(context().out(), addresses + ": " + risk);
    });
    check.ring().ifPresent(ring -> context().out().println("ring: " + advice(ring)));
  }

  private static String advice(CheckView.Ring ring) {
    if (ring.fits().equals(Optional.of(ring.current()))) {
      return ring.message();
    }
    return ring.fits().isPresent()
        ? "%s: set MEMCACHED_RING=%s".formatted(ring.message(), ring.fits().get())
        : ring.message()
            + "; other clients may not find new keys of this program, unless MEMCACHED_RING is theirs";
  }
}

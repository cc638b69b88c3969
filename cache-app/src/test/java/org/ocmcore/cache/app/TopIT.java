package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.Interruption;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** {@code cache top} where standard output is no terminal. */
class TopIT {
  private final List<MemcachedServer> servers =
      List.of(MemcachedServer.start(), MemcachedServer.start());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Interruption interruption;
  private RunningService service;

  @BeforeEach
  void start() {
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", addresses()));
  }

  @AfterEach
  void stop() {
    service.close();
    servers.forEach(MemcachedServer::close);
  }

  private String addresses() {
    return servers.get(0).address() + "," + servers.get(1).address();
  }

  private CompletableFuture<Integer> top(boolean direct, String... options) {
    List<String> arguments = new ArrayList<>(List.of("top"));
    arguments.addAll(List.of(options));
    arguments.addAll(direct ? List.of("--servers", addresses()) : List.of("--url", service.url()));
    interruption = new Interruption();
    Main main = new Main(new CommandContext(
        System.in,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        Map.of(),
        interruption,
        Clock.systemUTC()));
    return CompletableFuture.supplyAsync(() -> main.execute(arguments));
  }

  private static int status(CompletableFuture<Integer> command) throws Exception {
    return command.get(30, TimeUnit.SECONDS);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serversAreSorted(boolean direct) throws Exception {
    servers.get(1).command("set k 0 0 1\r\nv");
    assertEquals(
        0,
        status(top(direct, "--once", "--interval", "100ms", "--sort", "items", "-o", "csv")),
        text(err));
    List<String> lines = text(out).lines().toList();
    assertTrue(lines.get(1).contains(servers.get(1).address()), text(out));
    assertTrue(lines.get(2).contains(servers.get(0).address()), text(out));
  }

  @Test
  void unknownOrdersAreRefused() throws Exception {
    assertEquals(2, status(top(true, "--once", "--sort", "size")));
    assertTrue(
        text(err)
            .contains(
                "--sort is \"size\": it must be server, gets, hits, writes, evictions, memory, items"),
        text(err));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onceIsATableWithAllServers(boolean direct) throws Exception {
    assertEquals(0, status(top(direct, "--once", "--interval", "200ms")), text(err));
    List<String> lines = text(out).lines().toList();
    assertEquals(4, lines.size(), text(out));
    assertTrue(lines.get(0).matches("server +gets/s +hits/s +misses/s +hits .*"), lines.get(0));
    assertEquals(!direct, lines.get(0).contains("tracking"));
    assertTrue(lines.get(1).startsWith(servers.get(0).address() + " "), lines.get(1));
    assertTrue(lines.get(3).startsWith("all  "), lines.get(3));
    assertEquals(!direct, lines.get(1).matches(".* (feed|walk)\\w* .*"), lines.get(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onceHasEveryFormat(boolean direct) throws Exception {
    assertEquals(0, status(top(direct, "--once", "--interval", "200ms", "-o", "json")), text(err));
    String json = text(out);
    assertEquals(1, json.lines().count());
    assertTrue(json.startsWith("{\"interval_seconds\":0."), json);
    assertTrue(json.contains(",\"fleet\":{\"at\":\"20"), json);
    assertTrue(json.contains("\"gets_per_second\":0.0,"), json);
    out.reset();
    assertEquals(
        0, status(top(direct, "--once", "--interval", "200ms", "-o", "ndjson")), text(err));
    assertEquals(2, text(out).lines().count());
    assertTrue(text(out).startsWith("{\"at\":\"20"), text(out));
    out.reset();
    assertEquals(0, status(top(direct, "--once", "--interval", "200ms", "-o", "csv")), text(err));
    assertTrue(text(out).startsWith("at,address,up,problem,gets_per_second,"), text(out));
    assertEquals(3, text(out).lines().count());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachIntervalHasALineForEachServer(boolean direct) throws Exception {
    CompletableFuture<Integer> status = top(direct, "--interval", "200ms");
    String rates = servers.get(0).address() + "  gets [1-9]\\S*/s  hits 0 %";
    Await.until(() -> {
      for (int i = 0; i < 100; i++) {
        servers.get(0).command("get nothing");
      }
      return text(out).lines().anyMatch(line -> line.matches("20\\S+Z  " + rates + "  .*"));
    });
    interruption.request();
    assertEquals(0, status(status), text(err));
    assertFalse(text(out).contains("\u001b"), text(out));
    assertEquals(0, text(out).lines().count() % 2);
    assertEquals("", text(err));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServerThatEndsHasItsProblem(boolean direct) throws Exception {
    CompletableFuture<Integer> status = top(direct, "--interval", "200ms");
    Await.until(() -> text(out).contains(servers.get(1).address() + "  gets"));
    servers.get(1).close();
    Await.until(() -> text(out).contains(servers.get(1).address() + "  down: "));
    out.reset();
    Await.until(() -> text(out).contains(servers.get(0).address() + "  gets"));
    interruption.request();
    assertEquals(0, status(status), text(err));
    out.reset();
    assertEquals(1, status(top(direct, "--once", "--interval", "200ms", "-o", "json")));
    assertTrue(text(out).contains("\"up\":false,\"problem\":\""), text(out));
  }

  @Test
  void aServiceThatEndsIsAProblemOfItsServers() throws Exception {
    CompletableFuture<Integer> status = top(false, "--interval", "200ms");
    Await.until(() -> text(out).contains("  gets"));
    service.close();
    Await.until(() -> text(out).contains(servers.get(0).address() + "  down: http://"));
    interruption.request();
    assertEquals(0, status(status), text(err));
    start();
  }

  @Test
  void wrongOptionsAreExplained() throws Exception {
    assertEquals(2, status(top(true, "--interval", "0")));
    assertTrue(text(err).contains("--interval is \"0\": it must be 100ms to 1h"), text(err));
    err.reset();
    assertEquals(2, status(top(true, "--once", "--color", "blue")));
    assertTrue(
        text(err).contains("--color is \"blue\": it must be auto, always, never"), text(err));
  }
}

package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.ocmcore.cache.adapter.memcached.Release;

/** {@code cache tail} on a server that reports changes, directly and through a service. */
class TailIT {
  private final MemcachedServer server = MemcachedServer.start(Release.NEWER, "-B", "ascii");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption();
  private RunningService service;

  @BeforeEach
  void start() {
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()));
  }

  @AfterEach
  void stop() {
    service.close();
    server.close();
  }

  private CompletableFuture<Integer> tail(boolean direct, String... options) {
    List<String> arguments = new ArrayList<>(List.of("tail"));
    arguments.addAll(List.of(options));
    arguments.addAll(
        direct ? List.of("--servers", server.address()) : List.of("--url", service.url()));
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

  private String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  /** Stores keys until the first change is shown, since nothing shows that a feed has begun. */
  private void awaitFeed(String prefix) {
    int[] number = new int[1];
    Await.until(() -> {
      server.command("set " + prefix + number[0]++ + " 0 0 1\r\nv");
      return out.size() > 0;
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changesAreShownUntilThereAreEnough(boolean direct) throws Exception {
    CompletableFuture<Integer> status =
        tail(direct, "^user:", "--kind", "stored", "-o", "ndjson", "--count", "30");
    awaitFeed("user:");
    server.command("set other 0 0 1\r\nv");
    for (int i = 0; i < 30; i++) {
      server.command("set user:more" + i + " 0 0 1\r\nv");
    }
    assertEquals(0, status.get(30, TimeUnit.SECONDS), text(err));
    assertEquals(30, text(out).lines().count());
    assertTrue(
        text(out).lines().allMatch(line -> line.startsWith("{\"kind\":\"stored\",\"key\":\"user:")),
        text(out));
    assertTrue(text(out).contains("\"server\":\"" + server.address() + "\""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptionEndsIt(boolean direct) throws Exception {
    CompletableFuture<Integer> status = tail(direct);
    awaitFeed("k");
    interruption.request();
    assertEquals(0, status.get(30, TimeUnit.SECONDS), text(err));
    assertTrue(text(out).contains("  stored  "), text(out));
  }

  @Test
  void itEndsAfterItsTimeAndWithTheService() throws Exception {
    assertEquals(0, tail(false, "--for", "1s").get(30, TimeUnit.SECONDS));
    CompletableFuture<Integer> status = tail(false);
    awaitFeed("k");
    service.close();
    assertEquals(1, status.get(30, TimeUnit.SECONDS));
    assertTrue(text(err).contains("the service has ended the stream"), text(err));
  }

  @Test
  void withoutAnyServerNothingIsAwaited() throws Exception {
    server.close();
    assertEquals(1, tail(true, "--for", "1h").get(30, TimeUnit.SECONDS));
    assertTrue(text(err).contains("tail failed: "), text(err));
  }

  @Test
  void wrongOptionsAreExplained() throws Exception {
    assertEquals(2, tail(true, "--kind", "touched").get(30, TimeUnit.SECONDS));
    assertTrue(text(err).contains("--kind is \"touched\""), text(err));
    assertEquals(2, tail(true, "--min-size", "5").get(30, TimeUnit.SECONDS));
    assertTrue(text(err).contains("by pattern, prefix, app and server alone"), text(err));
  }
}

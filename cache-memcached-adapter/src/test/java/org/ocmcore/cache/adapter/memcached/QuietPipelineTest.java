package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.adapter.memcached.ScriptedServer.Peer;
import org.ocmcore.cache.adapter.memcached.ScriptedServer.Script;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.key.CacheKey;

/** Stores of numbers, which the server answers only if they fail. */
final class QuietPipelineTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int COUNT = 1_000;
  private static final int SPECIAL = 400;

  private final ScriptedServer peer = ScriptedServer.start();
  private final List<String> results = new ArrayList<>();

  /** The keys that the server has stored; each of them is added once. */
  private final Set<String> stored = new TreeSet<>();

  @AfterEach
  void close() {
    peer.close();
  }

  private static String name(int number) {
    return "key:%04d".formatted(number);
  }

  private final class Adds implements Pipeline.Handler<Integer> {
    private final long weight;
    private final IntPredicate isSent;
    private int inFlight;
    private int maxInFlight;

    Adds(long weight, IntPredicate isSent) {
      this.weight = weight;
      this.isSent = isSent;
    }

    @Override
    public boolean mayBeQuiet() {
      return true;
    }

    @Override
    public long weight(Integer number) {
      return weight;
    }

    @Override
    public void writeRequest(Integer number, OutputBuffer output) {
      maxInFlight = Math.max(maxInFlight, ++inFlight);
      if (isSent.test(number)) {
        output.appendSet(CacheKey.of(name(number)), CacheValue.ofText("v" + number), 0, true);
      }
    }

    @Override
    public void handleResponse(Integer number, MetaResponse response) {
      inFlight--;
      results.add(name(number) + " " + (response == null ? "not sent" : response.line()));
    }
  }

  private Adds execute(int count, long weight, IntPredicate isSent) {
    Adds adds = new Adds(weight, isSent);
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
      Deadline deadline = Deadline.in(TIMEOUT);
      try (TextConnection connection = new TextConnection(
          ServerChannel.open(peer.socketAddress(), deadline),
          deadline,
          () -> ItemSize.DEFAULT_MAX)) {
        Pipeline.execute(connection, TIMEOUT, IntStream.range(0, count).iterator(), adds);
        assertTrue(connection.isReusable());
      }
    });
    return adds;
  }

  private Adds execute(int count) {
    return execute(count, 100, number -> true);
  }

  private static List<String> expected(int count, Map<Integer, String> special) {
    return IntStream.range(0, count)
        .mapToObj(number -> name(number) + " " + special.getOrDefault(number, "HD"))
        .toList();
  }

  /** Stores a key as memcached does with {@code ms} in mode add. */
  private void add(Peer client) throws IOException {
    boolean isNew = stored.add(client.key());
    if (!isNew) {
      client.send("NS\r\n");
    } else if (!client.isQuiet()) {
      client.send("HD\r\n");
    }
  }

  private void on(Map<Integer, Script> special) {
    peer.on("ms", this::add);
    special.forEach((number, script) -> peer.on("ms " + name(number), script));
  }

  @Test
  void silenceIsSuccess() {
    on(Map.of());
    execute(COUNT);
    assertEquals(expected(COUNT, Map.of()), results);
    assertEquals(COUNT, stored.size());
  }

  @Test
  void nothingIsAskedForNoItems() {
    execute(0);
    assertEquals(List.of(), peer.receivedCommands());
  }

  @Test
  void failuresBelongToTheirRequests() {
    on(Map.of(
        0, p -> p.send("NS\r\n"), SPECIAL, p -> p.send("NS\r\n"), 999, p -> p.send("NS\r\n")));
    execute(COUNT);
    assertEquals(expected(COUNT, Map.of(0, "NS", SPECIAL, "NS", 999, "NS")), results);
  }

  @Test
  void aServerMayAnswerAll() {
    peer.on("ms", client -> client.send("HD\r\n"));
    execute(COUNT);
    assertEquals(expected(COUNT, Map.of()), results);
  }

  @Test
  void whatNeedsNoRequestIsReportedInItsPlace() {
    on(Map.of(1, p -> p.send("NS\r\n")));
    execute(COUNT, 100, number -> number % 3 != 0);
    Map<Integer, String> special = new LinkedHashMap<>(Map.of(1, "NS"));
    IntStream.range(0, COUNT)
        .filter(number -> number % 3 == 0)
        .forEach(number -> special.put(number, "not sent"));
    assertEquals(expected(COUNT, special), results);
  }

  @Test
  void itemsInFlightStayWithinTheWindow() {
    on(Map.of());
    assertEquals(4, execute(100, Exchange.WINDOW_BYTES / 4, number -> true).maxInFlight);
    assertEquals(1, execute(100, 2 * Exchange.WINDOW_BYTES, number -> true).maxInFlight);
  }

  /** A lack of memory does not say whose it is. */
  @Test
  void anErrorThatNamesNoRequestIsFoundAgain() {
    String error = "SERVER_ERROR out of memory storing object";
    on(Map.of(
        SPECIAL,
        p -> p.send(error + "\r\n"),
        SPECIAL + 1,
        p -> p.send("NS\r\n"),
        999,
        p -> p.send(error + "\r\n")));
    execute(COUNT, QuietPipeline.UNIT_BYTES / 100, number -> number != SPECIAL + 2);
    assertEquals(
        expected(
            COUNT, Map.of(SPECIAL, error, SPECIAL + 1, "NS", SPECIAL + 2, "not sent", 999, error)),
        results);
    assertEquals(COUNT - 4, stored.size());
  }

  /** Once there is a place again, a second try succeeds. */
  @Test
  void aRepeatedRequestMaySucceed() {
    on(Map.of(SPECIAL, client -> {
      if (client.isQuiet()) {
        client.send("SERVER_ERROR out of memory storing object\r\n");
      } else {
        add(client);
      }
    }));
    execute(COUNT);
    assertEquals(expected(COUNT, Map.of()), results);
    assertEquals(COUNT, stored.size());
  }

  private static Map<String, Script> faults() {
    Map<String, Script> faults = new LinkedHashMap<>();
    faults.put("a response to no request", p -> p.sendUnchanged("NS O999999\r\n"));
    faults.put("a response without an opaque", p -> p.sendUnchanged("NS\r\n"));
    faults.put("a negative opaque", p -> p.sendUnchanged("NS O-1\r\n"));
    faults.put("the response twice", p -> {
      p.send("NS\r\n");
      p.send("NS\r\n");
    });
    faults.put("another key", p -> p.send("NS kother\r\n"));
    faults.put("a value", p -> p.send("VA 1\r\nv\r\n"));
    faults.put("rubbish", p -> p.send("STORED\r\n"));
    faults.put("an error of the client", p -> p.send("CLIENT_ERROR bad data chunk\r\n"));
    faults.put("more ends than units", p -> p.send("MN\r\n".repeat(COUNT)));
    faults.put("endless errors", p -> p.sendForEver("SERVER_ERROR out of memory\r\n"));
    faults.put("the end of the connection", Peer::hangUp);
    return faults;
  }

  private static Stream<String> everyFault() {
    return faults().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("everyFault")
  void aResponseThatFitsNoRequestFails(String fault) {
    on(Map.of(SPECIAL, faults().get(fault)));
    assertThrows(IOException.class, () -> {
      Deadline deadline = Deadline.in(TIMEOUT);
      try (TextConnection connection = new TextConnection(
          ServerChannel.open(peer.socketAddress(), deadline),
          deadline,
          () -> ItemSize.DEFAULT_MAX)) {
        Pipeline.execute(
            connection,
            TIMEOUT,
            IntStream.range(0, COUNT).iterator(),
            new Adds(QuietPipeline.UNIT_BYTES / 100, number -> number % 7 != 0));
      }
    });
    assertEquals(
        results, expected(results.size(), Map.of()).stream().map(this::unsent).toList());
  }

  private String unsent(String result) {
    int number = Integer.parseInt(result.substring(4, 8));
    return number % 7 == 0 ? name(number) + " not sent" : result;
  }
}

package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memcached.ScriptedServer.Script;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Bulk operations on servers that break the protocol. */
final class MisbehavingServerBulkTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int COUNT = 100;
  private static final int GOOD = 40;

  private final ScriptedServer peer = ScriptedServer.start();
  private final MemcachedStore store = peer.store(TIMEOUT);
  private final List<String> reported = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  private static List<CacheKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> CacheKey.of("key:" + i)).toList();
  }

  private void find(int count) {
    store.bulk().find(peer.address(), keys(count).iterator(), (key, isThere) -> {
      reported.add(key + (isThere ? " is there" : " is not"));
    });
  }

  private void read(int count) {
    store
        .bulk()
        .read(
            peer.address(),
            keys(count).stream()
                .map(key -> new KeyInfo(key, Expiry.NEVER, 100, 0, false, peer.address()))
                .iterator(),
            new BulkPort.ReadVisitor() {
              @Override
              public void found(KeyInfo key, CacheEntry entry) {
                reported.add(key.key() + " has " + new String(entry.value().bytes()));
              }

              @Override
              public void absent(KeyInfo key) {
                reported.add(key.key() + " is not");
              }

              @Override
              public void stale(KeyInfo key) {
                reported.add(key.key() + " is stale");
              }

              @Override
              public void refused(KeyInfo key, String reason) {
                reported.add(key.key() + ": " + reason);
              }
            });
  }

  private void store(int count, int length) {
    store
        .bulk()
        .store(
            peer.address(),
            keys(count).stream()
                .map(key -> new CacheEntry(key, CacheValue.of(new byte[length], 0), Expiry.NEVER))
                .iterator(),
            false,
            (entry, outcome, reason) -> reported.add(entry.key() + " " + outcome + " " + reason));
  }

  /** Responds correctly a number of times, then plays another script. */
  private static Script after(int good, Script then) {
    AtomicInteger requests = new AtomicInteger();
    return peer -> {
      int number = requests.getAndIncrement();
      if (number < good) {
        peer.send("VA 3 f0 t-1\r\n%03d\r\n".formatted(number));
      } else {
        then.play(peer);
      }
    };
  }

  private StoreUnavailable failure(Runnable work) {
    return assertTimeoutPreemptively(BOUND, () -> assertThrows(StoreUnavailable.class, work::run));
  }

  private static Map<String, Script> behaviours() {
    Map<String, Script> all = new LinkedHashMap<>();
    all.put("says nothing", peer -> {});
    all.put("stops in the middle of a line", peer -> peer.send("VA 3"));
    all.put("stops in the middle of a value", peer -> peer.send("VA 3 f0 t-1\r\na"));
    all.put("sends an endless line", peer -> peer.sendForEver("x".repeat(1000)));
    all.put("answers another question", peer -> peer.send("HD\r\n"));
    all.put("answers with what ends the work", peer -> peer.send("MN\r\n"));
    all.put("answers rubbish", peer -> peer.send("VALUE key 0 3\r\nabc\r\n"));
    all.put("does not know the command", peer -> peer.send("ERROR\r\n"));
    all.put("hangs up", ScriptedServer.Peer::hangUp);
    all.put("announces less than it sends", peer -> peer.send("VA 1 f0 t-1\r\nabc\r\n"));
    all.put("answers and hangs up in the middle of the next", peer -> {
      peer.send("VA 3 f0 t-1\r\nab");
      peer.hangUp();
    });
    return all;
  }

  private static Stream<String> everyBehaviour() {
    return behaviours().keySet().stream();
  }

  @ParameterizedTest(name = "a peer that {0} midway")
  @MethodSource("everyBehaviour")
  void resultsBeforeAFailureAreCorrect(String behaviour) {
    peer.on("mg", after(GOOD, behaviours().get(behaviour)));
    StoreUnavailable failure = failure(() -> read(COUNT));
    assertEquals(peer.address(), failure.server());
    assertTrue(reported.size() <= GOOD, reported.size() + " reported");
    for (int i = 0; i < reported.size(); i++) {
      assertEquals("key:%d has %03d".formatted(i, i), reported.get(i));
    }
    if (!behaviour.contains("hangs up")) {
      assertEquals(GOOD, reported.size());
    }
    peer.on("mg", client -> client.send("EN\r\n"));
    reported.clear();
    read(COUNT);
    assertEquals(COUNT, reported.size());
    assertEquals("key:0 is not", reported.get(0));
  }

  @Test
  void surplusResponsesAreRejected() {
    peer.on("me", client -> client.send("EN\r\nEN\r\n"));
    assertEquals(
        "it sent an invalid response: \"EN\"", failure(() -> find(COUNT)).reason());
  }

  @Test
  void oneSurplusResponseIsRejected() {
    AtomicInteger requests = new AtomicInteger();
    peer.on(
        "me", client -> client.send(requests.incrementAndGet() == 7 ? "EN\r\nEN\r\n" : "EN\r\n"));
    assertEquals(
        "it sent an invalid response: \"EN\"", failure(() -> find(COUNT)).reason());
  }

  @Test
  void aResponseBeforeAnyRequestIsRejected() {
    peer.onConnect(client -> client.send("EN\r\n"));
    String reason = failure(() -> find(COUNT)).reason();
    assertTrue(reason.startsWith("it sent an invalid response: "), reason);
  }

  @Test
  void aResponseAfterTheLastOneIsRejected() {
    peer.on("mn", client -> client.send("MN\r\nEN\r\n"));
    assertEquals(
        "it sent an invalid response: a response without a request",
        failure(() -> find(COUNT)).reason());
  }

  @Test
  void connectionsWithLateBytesAreNotReused() {
    find(COUNT);
    assertEquals(1, peer.connections());
    peer.on("mn", client -> {
      client.send("MN\r\n");
      client.send("EN\r\n");
    });
    try {
      find(COUNT);
    } catch (StoreUnavailable seenAlready) {
      assertTrue(
          seenAlready.reason().endsWith("a response without a request"), seenAlready.reason());
    }
    peer.on("mn", client -> client.send("MN\r\n"));
    peer.on("me", client -> client.send("ME " + client.key() + " exp=-1\r\n"));
    MemcachedServer.await(() -> {
      reported.clear();
      find(COUNT);
      return peer.connections() == 2;
    });
    assertEquals(
        Collections.nCopies(COUNT, true),
        reported.stream().map(line -> line.endsWith(" is there")).toList());
  }

  @Test
  void aSlowButSteadyResponseSucceeds() {
    // One byte in 20 ms, so the whole response takes longer than the timeout.
    peer.on("me", client -> client.drip("ME key:0 exp=-1 la=12345 cas=1\r\n"));
    assertTimeoutPreemptively(BOUND, () -> find(1));
    assertEquals(List.of("key:0 is there"), reported);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slowCallersDoNotUseUpTheTimeout(boolean iterator) {
    Runnable slow = () -> {
      if (reported.size() == 3) {
        // Spends more than the timeout without waiting for anything.
        long end = System.nanoTime() + 2 * TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      }
    };
    store
        .bulk()
        .find(
            peer.address(),
            keys(COUNT).stream()
                .peek(key -> {
                  if (iterator) {
                    slow.run();
                  }
                })
                .iterator(),
            (key, isThere) -> {
              if (!iterator) {
                slow.run();
              }
              reported.add(key.toString());
            });
    assertEquals(COUNT, reported.size());
  }

  @Test
  void oneRefusedItemDoesNotStopTheOthers() {
    AtomicInteger requests = new AtomicInteger();
    Script everyThird = client -> client.send(
        requests.incrementAndGet() % 3 == 0 ? "SERVER_ERROR out of memory\r\n" : "EN\r\n");
    peer.on("mg", everyThird);
    read(COUNT);
    assertEquals(COUNT, reported.size());
    assertEquals(List.of("key:1 is not", "key:2: out of memory"), reported.subList(1, 3));

    reported.clear();
    peer.on(
        "ms",
        client -> client.send(
            client.key().matches(".*[02468]") ? "SERVER_ERROR out of memory\r\n" : "HD\r\n"));
    store(COUNT, 100_000);
    assertEquals(COUNT, reported.size());
    assertEquals(
        COUNT / 2,
        reported.stream()
            .filter(line -> line.endsWith(" REFUSED out of memory"))
            .count());
    assertEquals(
        COUNT / 2, reported.stream().filter(line -> line.endsWith(" STORED ")).count());
  }

  @Test
  void anErrorMayPrecedeTheValue() {
    // Memcached does so too; it then reads the value and discards it.
    peer.beforeData(client -> client.send("SERVER_ERROR out of memory storing object\r\n"));
    peer.on("ms", client -> {});
    store(20, 1_000_000);
    assertEquals(20, reported.size());
    assertEquals("key:0 REFUSED out of memory storing object", reported.get(0));
    assertEquals(
        1,
        reported.stream()
            .map(line -> line.substring(line.indexOf(' ')))
            .distinct()
            .count());
  }

  @Test
  void refusingAValueWithoutReadingItTimesOut() {
    peer.on("stats settings", client -> client.send("STAT item_size_max 67108864\r\nEND\r\n"));
    peer.beforeData(client -> {
      client.send("SERVER_ERROR out of memory storing object\r\n");
      client.silence(BOUND);
    });
    peer.on("ms", client -> {});
    // Larger than the network buffers.
    StoreUnavailable failure = failure(() -> store(1, 60_000_000));
    assertTrue(failure.getMessage().contains("timed out"), failure.getMessage());
  }

  @Test
  void emptyOperationsSendNothing() {
    find(0);
    read(0);
    store(0, 1);
    assertEquals(0, peer.connections());
    assertFalse(peer.receivedCommands().contains("mn"));
  }

  @Test
  void expiredEntriesAreNotSent() {
    Expiry past = Expiry.at(peer.now().minusSeconds(5));
    List<StoreOutcome> outcomes = new ArrayList<>();
    store
        .bulk()
        .store(
            peer.address(),
            keys(COUNT).stream()
                .map(key -> new CacheEntry(key, CacheValue.ofText("v"), past))
                .iterator(),
            false,
            (entry, outcome, reason) -> outcomes.add(outcome));
    assertEquals(Collections.nCopies(COUNT, StoreOutcome.EXPIRED), outcomes);
    assertTrue(peer.receivedCommands().stream().noneMatch(line -> line.startsWith("ms ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NONSENSE\r\n", "ERROR\r\n", "MN"})
  void invalidProbeResponsesFail(String answer) {
    peer.on("mn", client -> client.send(answer));
    failure(() -> store.keyspace().probe(peer.address()));
  }
}

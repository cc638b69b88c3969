package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/** How walks of scripted servers start: retries, refusals and errors. */
final class WalkStartTest extends WalkFixture {
  @ParameterizedTest
  @CsvSource({
    "BUSY currently processing crawler request, another client is walking",
    "ERROR locked try again later, table is locked"
  })
  void aServerBusyForeverFailsWithItsReason(String answer, String reason) {
    answer(answer + "\r\n");
    try (MemcachedStore hasty = peer.store(Duration.ofMillis(200))) {
      StoreUnavailable failure = assertThrows(
          StoreUnavailable.class, () -> hasty.keyspace().walk(peer.address(), key -> {}));
      assertTrue(failure.reason().contains(reason), failure::reason);
      assertFalse(failure.isRefusal());
    }
  }

  @Test
  void walksOfOneStoreWaitForEachOther() {
    AtomicBoolean walked = new AtomicBoolean();
    peer.on("lru_crawler", client -> {
      if (walked.getAndSet(true)) {
        client.send("BUSY currently processing crawler request\r\n");
        return;
      }
      // Longer than the maximum wait for the walk of another client.
      for (int i = 0; i < 600; i++) {
        client.send(ITEM.formatted("k").repeat(4));
        client.silence(Duration.ofMillis(20));
      }
      walked.set(false);
      client.send("END\r\n");
    });
    try (MemcachedStore hasty = peer.store(Duration.ofSeconds(1))) {
      List<CompletableFuture<Long>> walks = Stream.generate(() ->
              CompletableFuture.supplyAsync(() -> {
                AtomicLong visited = new AtomicLong();
                hasty.keyspace().walk(peer.address(), key -> visited.incrementAndGet());
                return visited.get();
              }))
          .limit(2)
          .toList();
      walks.forEach(walk -> assertEquals(2_400, walk.join()));
    }
  }

  @Test
  void notStartedWithoutItemsIsAnEmptyWalk() {
    answer("NOTSTARTED no items to crawl\r\n");
    assertEquals(List.of(), visitedKeys());
  }

  @Test
  void otherNotStartedResponsesFail() {
    answer("NOTSTARTED no memory\r\n");
    assertTrue(refusal().contains("did not start"), refusal());
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR metadump not allowed, true",
    "CLIENT_ERROR lru crawler disabled, true",
    "CLIENT_ERROR unauthenticated, true",
    "ERROR, true",
    "NOTSTARTED no memory, false",
    "NONSENSE, false"
  })
  void onlyPermanentErrorsAreRefusals(String answer, boolean refusal) {
    answer(answer + "\r\n");
    assertEquals(refusal, assertThrows(StoreUnavailable.class, this::walk).isRefusal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BUSY currently processing crawler request\r\n",
        "ERROR locked try again later\r\n",
        "OK\r\nBUSY currently processing crawler request\r\n",
        "OK\r\nERROR locked try again later\r\n"
      })
  void busyServersAreRetried(String busy) {
    AtomicInteger requests = new AtomicInteger();
    peer.on(
        "lru_crawler",
        client ->
            client.send(requests.incrementAndGet() < 4 ? busy : ITEM.formatted("a") + "END\r\n"));
    assertEquals(List.of("a"), visitedKeys());
    assertEquals(4, requests.get());
  }

  /** Since 1.6.43 a server sends OK first, even if an error follows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR metadump not allowed",
        "CLIENT_ERROR lru crawler disabled",
        "NOTSTARTED no memory",
        "NONSENSE"
      })
  void errorsAfterOkHaveTheSameReason(String answer) {
    answer(answer + "\r\n");
    String reason = refusal();
    answer("OK\r\n" + answer + "\r\n");
    assertEquals(reason, refusal());
  }
}

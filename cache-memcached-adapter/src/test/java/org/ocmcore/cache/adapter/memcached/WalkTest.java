package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/** Walks of scripted servers: all releases, and misbehaving ones. */
final class WalkTest extends WalkFixture {
  @Test
  void okBeforeTheFirstItemIsSkipped() {
    answer("OK\r\n" + ITEM.formatted("a") + ITEM.formatted("b") + "END\r\n");
    assertEquals(List.of("a", "b"), visitedKeys());
  }

  @Test
  void okBeforeTheEndIsSkipped() {
    answer("OK\r\nEND\r\n");
    assertEquals(List.of(), visitedKeys());
  }

  @Test
  void mixedLineEndsAreParsed() {
    answer(ITEM.formatted("a").replace("\n", "\r\n") + ITEM.formatted("b") + "END\n");
    assertEquals(List.of("a", "b"), visitedKeys());
  }

  @Test
  void unknownFieldsAndOtherOrdersAreParsed() {
    answer("key=a flags=7 size=99 new=exp=5 la=1700000000 exp=-1 bare\r\nEND\r\n");
    KeyInfo info = walk().get(0);
    assertEquals(99, info.size());
    assertEquals(Expiry.NEVER, info.expiry());
    assertEquals(1_700_000_000, info.lastAccess());
  }

  @ParameterizedTest
  @CsvSource({
    "fetch=yes, true",
    "fetch=no, false",
    "fetch=yesterday, false",
    "fetch=, false",
    "x=y, false"
  })
  void fetchedIsFalseUnlessTheServerSaysYes(String field, boolean fetched) {
    answer("key=a exp=-1 la=1 %s size=65 flags=3\nEND\r\n".formatted(field));
    assertEquals(fetched, walk().get(0).fetched());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "9999999999999", "9223372036854775807"})
  void impossibleClocksAreRejected(String time) {
    peer.on("stats", client -> client.send("STAT time " + time + "\r\nEND\r\n"));
    assertTrue(refusal().startsWith("it sent an invalid response: "), refusal());
  }

  @Test
  void anEndlessWalkCanBeInterrupted() {
    peer.on("lru_crawler", client -> client.sendForEver(ITEM.formatted("a").repeat(1_000)));
    StoreUnavailable failure = assertThrows(
        StoreUnavailable.class,
        () -> assertTimeoutPreemptively(
            BOUND,
            () -> store
                .keyspace()
                .walk(peer.address(), key -> Thread.currentThread().interrupt())));
    assertTrue(failure.reason().startsWith("interrupted"), failure.reason());
  }

  @Test
  void onlyPercentEscapesAreDecoded() {
    answer(ITEM.formatted("a+b%25%C3%A4%2b") + ITEM.formatted("%FF%fe") + "END\r\n");
    List<KeyInfo> visited = walk();
    assertEquals(CacheKey.of("a+b%ä+"), visited.get(0).key());
    assertEquals(
        CacheKey.ofBytes(new byte[] {(byte) 0xff, (byte) 0xfe}), visited.get(1).key());
  }

  @Test
  void aRepeatedKeyIsVisitedTwice() {
    answer(ITEM.formatted("a") + ITEM.formatted("a") + "END\r\n");
    assertEquals(List.of("a", "a"), visitedKeys());
  }

  @Test
  void keysWithControlCharactersAreVisited() {
    answer(ITEM.formatted("a%20b%0d%0a%00") + ITEM.formatted("c") + "END\r\n");
    assertEquals(List.of("a b\r\n\0", "c"), visitedKeys());
  }

  @Test
  void expiredItemsAreNotVisited() {
    long now = peer.now().getEpochSecond();
    answer(ITEM.formatted("gone").replace("exp=-1", "exp=" + (now - 1))
        + ITEM.formatted("there").replace("exp=-1", "exp=" + (now + 1000)) + "END\r\n");
    assertEquals(List.of("there"), visitedKeys());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_000_000, 0, 1_000_000})
  void timesAreReportedByTheLocalClock(long offset) {
    peer.clockAhead(Duration.ofSeconds(offset));
    long theirs = peer.now().getEpochSecond();
    answer("key=a exp=%d la=%d size=65\nEND\r\n".formatted(theirs + 500, theirs - 30));
    KeyInfo info = walk().get(0);
    long ours = theirs - offset;
    assertTrue(Math.abs(info.expiry().epochSecond() - (ours + 500)) <= 2, info.toString());
    assertTrue(Math.abs(info.lastAccess() - (ours - 30)) <= 2, info.toString());
  }

  @Test
  void clocksWithinTheToleranceCountAsEqual() {
    peer.clockAhead(Duration.ofSeconds(1));
    long end = peer.now().getEpochSecond() + 500;
    answer("key=a exp=%d la=1 size=65\nEND\r\n".formatted(end));
    assertEquals(new Expiry(end), walk().get(0).expiry());
  }

  @Test
  void aClosedConnectionFailsWithItsReason() {
    peer.on("lru_crawler", ScriptedServer.Peer::hangUp);
    assertTrue(refusal().startsWith("it closed the connection"), refusal());
  }

  @Test
  void aTruncatedWalkFails() {
    peer.on("lru_crawler", client -> {
      client.send(ITEM.formatted("a") + "key=b exp=-1");
      client.hangUp();
    });
    assertTrue(refusal().startsWith("it closed the connection"), refusal());
  }

  @Test
  void aStalledWalkTimesOut() {
    answer(ITEM.formatted("a"));
    assertTrue(refusal().startsWith("timed out"), refusal());
  }

  @Test
  void aTooSlowWalkTimesOut() {
    peer.on("lru_crawler", client -> {
      while (true) {
        client.drip(ITEM.formatted("a"));
      }
    });
    assertTrue(refusal().startsWith("timed out"), refusal());
  }

  @Test
  void aSteadyWalkMayExceedTheTimeout() {
    String hundred = ITEM.formatted("a").repeat(100);
    peer.on("lru_crawler", client -> {
      long end = System.nanoTime() + 2 * TIMEOUT.toNanos();
      while (System.nanoTime() < end) {
        client.send(hundred);
      }
      client.send("END\r\n");
    });
    AtomicInteger visited = new AtomicInteger();
    store.keyspace().walk(peer.address(), key -> visited.incrementAndGet());
    assertEquals(0, visited.get() % 100);
    assertTrue(visited.get() > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key=a exp=-1 la=1\n",
        "key=a la=1 size=65\n",
        "key= exp=-1 la=1 size=65\n",
        "exp=-1 la=1 size=65\n",
        "key=a%2 exp=-1 la=1 size=65\n",
        "key=a%zz exp=-1 la=1 size=65\n",
        "key=a exp=-2 la=1 size=65\n",
        "key=a exp=soon la=1 size=65\n",
        "key=a exp=-1 la=1 size=65x\n",
        "key=a exp=-1 la=1 size=99999999999999999999\n",
        "key=a exp=-1 la=1 size=4294967296\n",
        "key=a exp=-1 la=1 size=-1\n",
        "key=a exp=-1 la=-2 size=65\n",
        "STAT key=a\n",
        "\n"
      })
  void malformedItemsFailTheWalk(String line) {
    answer(ITEM.formatted("fine") + line + "END\r\n");
    assertTrue(refusal().startsWith("it sent an invalid response: "), refusal());
  }

  @Test
  void keysOver250BytesAreInvalid() {
    answer(ITEM.formatted("%41".repeat(251)) + "END\r\n");
    assertTrue(refusal().startsWith("it sent an invalid response: "), refusal());
  }

  @Test
  void visitorExceptionsEndOnlyTheirWalk() {
    answer(ITEM.formatted("a") + ITEM.formatted("b") + "END\r\n");
    assertThrows(
        IllegalStateException.class,
        () -> store.keyspace().walk(peer.address(), key -> {
          throw new IllegalStateException("enough");
        }));
    assertEquals(List.of("a", "b"), visitedKeys());
  }

  @Test
  void unknownServersAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> store.keyspace().walk("other:1", key -> {}));
  }
}

package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FeedThread;

/** Feeds of scripted servers: all releases, and misbehaving ones. */
final class FeedTest extends FeedFixture {
  @Test
  void feedConnectionsAreNotReused() {
    peer.on("watch", client -> client.send("ERROR\r\n"));
    try (FeedThread feed = follow()) {
      assertFalse(feed.result());
    }
    peer.on("lru_crawler", client -> client.send("END\r\n"));
    store.keyspace().walk(peer.address(), key -> {});
    assertEquals(2, peer.connections());
  }

  @Test
  void aStoreIsReportedWithAllFields() {
    peer.clockAhead(Duration.ofSeconds(-1_000_000));
    long theirs = peer.now().getEpochSecond() - 10;
    try (FeedThread feed = followLines(STORE.formatted(theirs, 49_647, "a", 100))) {
      feed.awaitStored(1);
      FeedThread.Stored stored = feed.stored().get(0);
      Instant at = stored.at();
      assertEquals(49_647_000, at.getNano());
      long ours = at.getEpochSecond();
      assertTrue(Math.abs(theirs + 1_000_000 - ours) <= 2, stored.toString());
      assertEquals(
          new KeyInfo(CacheKey.of("a"), new Expiry(ours + 100), 63, ours, false, peer.address()),
          stored.info());
    }
  }

  @Test
  void noChangeIsReportedInTheFuture() {
    long soon = peer.now().getEpochSecond() + 1_000;
    try (FeedThread feed = followLines(STORE.formatted(soon, 1, "a", 0))) {
      feed.awaitStored(1);
      assertFalse(feed.stored().get(0).at().isAfter(Instant.now()));
    }
  }

  @Test
  void unknownTypesAndFieldsAreIgnored() {
    try (FeedThread feed = followLines("ts=1.5 gid=1 type=item_get key=x status=found size=zz\n"
        + "ts=1.5 gid=1 type=conn_new rip=127.0.0.1\n"
        + line("a").replace(" cfd", " new=thing bare flags=7 cfd"))) {
      feed.awaitStored(1);
      assertEquals(CacheKey.of("a"), feed.stored().get(0).info().key());
    }
  }

  @Test
  void skippedLinesAreReported() {
    try (FeedThread feed = followLines("skipped=17\n" + line("a") + "skipped=3\n")) {
      feed.await(() -> feed.skipped() == 20);
      assertEquals(1, feed.storedCount());
    }
  }

  @Test
  void droppedChangesInStatisticsAreReported() {
    statistics(5);
    try (FeedThread feed = followLines("")) {
      feed.awaitCaughtUp();
      statistics(12);
      store.keyspace().stats(peer.address());
      feed.await(() -> feed.skipped() == 7);
    }
  }

  @Test
  void skippedChangesInStatisticsAreReportedOnce() {
    statistics(0, 10);
    Semaphore statisticsReported = new Semaphore(0);
    try (FeedThread feed = follow(client -> {
      client.send("skipped=2\n");
      statisticsReported.acquireUninterruptibly();
      client.send("skipped=4\n" + line("a") + "skipped=5\n" + line("b"));
    })) {
      feed.awaitCaughtUp();
      statistics(0, 16);
      store.keyspace().stats(peer.address());
      feed.await(() -> feed.skipped() == 6);
      statisticsReported.release();
      feed.awaitStored(2);
      assertEquals(11, feed.skipped());
    }
  }

  @Test
  void lossesAfterAStatisticsResetAreReported() {
    statistics(1_000);
    Semaphore next = new Semaphore(0);
    try (FeedThread feed = follow(client -> {
      for (String key : List.of("a", "b", "c")) {
        next.acquireUninterruptibly();
        client.send(line(key));
      }
    })) {
      feed.awaitCaughtUp();
      statistics(0);
      store.keyspace().stats(peer.address());
      // The feed looks at the statistics before it waits for the next line.
      next.release();
      feed.awaitStored(1);
      next.release();
      feed.awaitStored(2);
      statistics(3);
      store.keyspace().stats(peer.address());
      next.release();
      feed.await(() -> feed.skipped() == 3);
    }
  }

  private void statistics(int dropped) {
    statistics(dropped, 0);
  }

  private void statistics(int dropped, int skipped) {
    peer.on(
        "stats",
        client -> client.send(
            ("STAT pid 1|STAT time %d|STAT version 1.6.18|STAT uptime 1|STAT curr_items 0"
                    + "|STAT bytes 0|STAT limit_maxbytes 1|STAT get_hits 0|STAT get_misses 0"
                    + "|STAT cmd_flush 0|STAT evictions 0|STAT curr_connections 1"
                    + "|STAT total_items 0|STAT cmd_set 0|STAT touch_hits 0|STAT delete_hits 0"
                    + "|STAT incr_hits 0|STAT decr_hits 0"
                    + "|STAT log_worker_dropped %d|STAT log_watcher_skipped %d|END|")
                .formatted(peer.now().getEpochSecond(), dropped, skipped)
                .replace("|", "\r\n")));
  }

  @Test
  void longSilenceDoesNotEndTheFeed() {
    try (FeedThread feed = follow(client -> {
      client.silence(TIMEOUT.multipliedBy(3));
      client.send(line("a"));
    })) {
      feed.awaitStored(1);
    }
  }

  @Test
  void slowLinesAreParsed() {
    try (FeedThread feed = follow(client -> client.drip(line("a")))) {
      feed.awaitStored(1);
    }
  }

  @Test
  void anEndlessFeedCanBeInterrupted() {
    try (FeedThread feed = follow(client -> client.sendForEver(line("a").repeat(1_000)))) {
      feed.awaitStored(1);
      feed.interrupt();
      assertTrue(feed.failure().reason().contains("interrupted"));
    }
  }

  @Test
  void aSilentFeedCanBeInterrupted() {
    try (FeedThread feed = followLines("")) {
      feed.awaitCaughtUp();
      feed.interrupt();
      assertTrue(feed.failure().reason().contains("interrupted"));
    }
  }

  @Test
  void closingTheStoreEndsTheFeed() {
    try (FeedThread feed = followLines("")) {
      feed.awaitCaughtUp();
      store.close();
      assertThrows(CompletionException.class, feed::result);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "O", "OK\r\n", "OK\r\nts=1.5 gid=1 type=item_st"})
  void aClosedConnectionEndsTheFeed(String before) {
    peer.on("watch", client -> {
      client.send(before);
      client.hangUp();
    });
    try (FeedThread feed = follow()) {
      assertTrue(feed.failure().reason().startsWith("it closed the connection"));
    }
  }

  @Test
  void unansweredWatchTimesOut() {
    peer.on("watch", client -> client.send("O"));
    try (FeedThread feed = follow()) {
      assertTrue(feed.failure().reason().startsWith("timed out"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "220 mail.example.org ESMTP\r\n",
        "skipped=\n",
        "skipped=-1\n",
        "skipped=many\n",
        "skipped=9999999999999\n",
        "type=item_store\n",
        "ts=1.5 type=item_store status=stored ttl=0 size=3\n",
        "ts=1.5 type=item_store key= status=stored ttl=0 size=3\n",
        "ts=1.5 type=item_store key=a%2 status=stored ttl=0 size=3\n",
        "ts=1.5 type=item_store key=a%zz status=stored ttl=0 size=3\n",
        "ts=1 type=item_store key=a status=stored ttl=0 size=3\n",
        "ts=1.1000000 type=item_store key=a status=stored ttl=0 size=3\n",
        "type=item_store key=a status=stored ttl=0 size=3\n",
        "ts=1.5 type=item_store key=a status=stored size=3\n",
        "ts=1.5 type=item_store key=a status=stored ttl=0\n",
        "ts=1.5 type=item_store key=a status=stored ttl=-1 size=3\n",
        "ts=1.5 type=item_store key=a status=stored ttl=0 size=4294967296\n",
        "ts=1.5 type=item_store key=a ttl=0 size=3\n",
        "ts=1.5 type=eviction\n",
        "type=deleted key=a\n"
      })
  void malformedLinesEndTheFeed(String line) {
    try (FeedThread feed = followLines(line)) {
      assertTrue(feed.failure().reason().startsWith("it sent an invalid response: "));
    }
  }

  @Test
  void anEndlessLineEndsTheFeed() {
    try (FeedThread feed = follow(client -> client.sendForEver("x".repeat(1_000)))) {
      assertTrue(feed.failure().reason().startsWith("it sent an invalid response: "));
    }
  }

  @Test
  void keysOver250BytesAreInvalid() {
    try (FeedThread feed = followLines(line("%41".repeat(251)))) {
      assertTrue(feed.failure().reason().startsWith("it sent an invalid response: "));
    }
  }

  @Test
  void unknownServersAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> store.keyspace().follow("other:1", null));
  }
}

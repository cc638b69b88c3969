package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.KeyspaceFeedContract;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FeedThread;

/** Runs the contract on small real servers, and checks the changes that other clients make. */
@ParameterizedClass
@EnumSource(Release.class)
final class FeedIT extends KeyspaceFeedContract {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Stores are watched only on servers without the binary protocol. */
  private static final String[] SAFE = {"-B", "ascii"};

  private final Release release;
  private Fleet fleet;

  FeedIT(Release release) {
    this.release = release;
  }

  private Fleet fleet(String... arguments) {
    List<String> all = new ArrayList<>(List.of(SAFE));
    all.addAll(List.of(arguments));
    return Fleet.of(TIMEOUT, MemcachedServer.start(release, all.toArray(String[]::new)));
  }

  @Override
  protected Store createStore() {
    // A server with several threads may report changes in any order.
    fleet = fleet("-m", "4", "-t", "1");
    return fleet.ports();
  }

  @Override
  protected void killServer() {
    fleet.only().stop();
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private FeedThread follow() {
    return FeedThread.start(fleet.store.keyspace(), fleet.only().address());
  }

  private void barrier(FeedThread feed) {
    fleet.only().command("set barrier 0 0 1\r\nb");
    feed.awaitStored(CacheKey.of("barrier"));
  }

  private String storedKeys(FeedThread feed) {
    return String.join(
        " ",
        feed.stored().stream()
            .map(stored -> stored.info().key() + "=" + length(stored.info()))
            .toList());
  }

  private static long length(KeyInfo info) {
    return info.size() - 59 - info.key().length();
  }

  @Test
  void everyStoreCommandIsReported() {
    try (FeedThread feed = follow()) {
      fleet.only().command("set a 0 0 1\r\nb");
      fleet.only().command("add b 0 0 2\r\nbb");
      fleet.only().command("replace a 0 0 3\r\nccc");
      fleet.only().command("append a 0 0 2\r\ndd");
      fleet.only().command("prepend a 0 0 1\r\ne");
      fleet.only().command("ms YSBi 2 b T0\r\nvv");
      fleet.only().command("ma n N0 J12345");
      barrier(feed);
      assertEquals("a=1 b=2 a=3 a=5 a=6 a b=2 n=5 barrier=1", storedKeys(feed));
    }
  }

  @Test
  void timesShowTheOrderOfChangesByThreads() {
    try (Fleet threads = fleet("-t", "4");
        FeedThread feed =
            FeedThread.start(threads.store.keyspace(), threads.only().address())) {
      List<Long> lengths = LongStream.rangeClosed(1, 60).boxed().toList();
      for (long length : lengths) {
        // Each set uses a new connection, so it runs on the next thread of the server.
        threads.only().command("set a 0 0 " + length + "\r\n" + "x".repeat((int) length));
      }
      feed.awaitStored(60);
      assertEquals(
          lengths,
          feed.stored().stream()
              .sorted(Comparator.comparing(FeedThread.Stored::at))
              .map(stored -> length(stored.info()))
              .toList());
    }
  }

  @Test
  void onlySuccessfulCasIsReported() {
    try (FeedThread feed = follow()) {
      fleet.only().command("set a 0 0 1\r\nb");
      String cas = fleet.only().command("gets a").split("[ \r]", 6)[4];
      fleet.only().command("cas a 0 0 2 " + cas + "\r\ncc");
      fleet.only().command("cas a 0 0 3 " + cas + "\r\nddd");
      fleet.only().command("cas missing 0 0 3 " + cas + "\r\nddd");
      fleet.only().command("replace missing 0 0 1\r\nx");
      barrier(feed);
      assertEquals("a=1 a=2 barrier=1", storedKeys(feed));
    }
  }

  @Test
  void storingAnExpiredValueIsReportedAsRemoval() {
    try (FeedThread feed = follow()) {
      fleet.only().command("set a 0 0 1\r\nb");
      fleet.only().command("set a 0 -1 1\r\nc");
      barrier(feed);
      assertEquals("a=1 barrier=1", storedKeys(feed));
      assertEquals(CacheKey.of("a"), feed.removed().get(0).key());
    }
  }

  @Test
  void tooLargeSetsAreReportedAsRemoval() {
    try (FeedThread feed = follow()) {
      fleet.only().command("set a 0 0 1\r\nb");
      fleet.only().command("set a 0 0 2000000\r\n" + "x".repeat(2_000_000));
      fleet.only().command("add b 0 0 2000000\r\n" + "x".repeat(2_000_000));
      barrier(feed);
      assertEquals("a=1 barrier=1", storedKeys(feed));
      assertEquals(
          List.of(CacheKey.of("a")),
          feed.removed().stream().map(FeedThread.Removed::key).toList());
      assertTrue(fleet.only().command("get a").startsWith("END"));
    }
  }

  @Test
  void surplusWatchersReturnFalseAndOthersContinue() {
    List<FeedThread> feeds = IntStream.range(0, 25).mapToObj(i -> follow()).toList();
    try {
      List<FeedThread> live = feeds.stream().filter(FeedThread::hasBegun).toList();
      // The contract's own feed occupies one of the server's 20 places.
      assertEquals(19, live.size());
      feeds.stream().filter(feed -> !feed.hasBegun()).forEach(feed -> assertFalse(feed.result()));
      barrier(live.get(0));
    } finally {
      feeds.forEach(FeedThread::close);
    }
  }

  @Test
  void aServerThatForbidsWatchersIsNotFollowed() {
    try (Fleet closed = fleet("-W");
        FeedThread feed =
            FeedThread.start(closed.store.keyspace(), closed.only().address())) {
      assertFalse(feed.result());
      assertFalse(feed.hasBegun());
    }
  }
}

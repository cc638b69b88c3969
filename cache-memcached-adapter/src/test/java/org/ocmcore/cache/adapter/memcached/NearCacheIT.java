package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.memcached.MemcachedServer.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.NearEntry;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.testing.FakeNearMap;

/** When a cache with a near cache sees what another one changes on a real server. */
final class NearCacheIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Much more than a second, much less than an hour. */
  private static final long LONG = Duration.ofMinutes(5).toNanos();

  private final FakeNearMap map = new FakeNearMap(System::nanoTime);
  private MemcachedServer server;
  private Cache mine;
  private Cache theirs;

  private void start(Release release) {
    server = MemcachedServer.start(release, "-B", "ascii");
    start(server.address());
  }

  /** Our cache goes to this address, theirs to the server itself. */
  private void start(String address) {
    theirs = Cache.builder(open(server.address())).build();
    mine = Cache.builder(open(address)).nearCache(map, HOUR).build();
  }

  private static Store open(String address) {
    return MemcachedStore.open(
        new MemcachedSettings(List.of(address), TIMEOUT, Ring.KETAMA, FeedMode.AUTO),
        Clock.systemUTC());
  }

  @AfterEach
  void close() {
    mine.close();
    theirs.close();
    server.close();
  }

  private Optional<String> get(String key) {
    return mine.get(key, String.class);
  }

  private boolean isKeptForLong(String key) {
    get(key);
    NearEntry entry = map.get(key);
    return entry != null && entry.end() - map.nanoTime() > LONG;
  }

  private void awaitFeed() {
    theirs.set("probe", "a", HOUR);
    await(() -> isKeptForLong("probe"));
  }

  private void keepForLong(String key, String value) {
    theirs.set(key, value, HOUR);
    await(() -> isKeptForLong(key) && get(key).equals(Optional.of(value)));
  }

  @Test
  void theFeedShowsStoresAndDeletions() {
    start(Release.NEWER);
    awaitFeed();
    keepForLong("k", "old");
    theirs.set("k", "new", HOUR);
    await(() -> get("k").equals(Optional.of("new")));
    await(() -> isKeptForLong("k"));
    theirs.delete("k");
    await(() -> get("k").isEmpty());
    keepForLong("k", "again");
    theirs.setAll(Map.of("k", "many"), HOUR);
    await(() -> get("k").equals(Optional.of("many")));
    keepForLong("other", "b");
    theirs.deleteMatching("^other$");
    await(() -> get("other").isEmpty());
  }

  @Test
  void countersAreSeenAfterASecond() {
    start(Release.NEWER);
    awaitFeed();
    theirs.increment("n", 10, HOUR);
    // The feed may report the new key after it was read, and drop it once more.
    await(() -> mine.get("n", Long.class).equals(Optional.of(10L)) && map.get("n") != null);
    assertFalse(isKeptForLong("n"));
    theirs.increment("n", 1, HOUR);
    await(() -> mine.get("n", Long.class).equals(Optional.of(11L)));
  }

  @Test
  void withoutDeletionsChangesAreSeenAfterASecond() {
    start(Release.INSTALLED);
    theirs.set("k", "old", HOUR);
    assertEquals(Optional.of("old"), get("k"));
    assertFalse(isKeptForLong("k"));
    theirs.set("k", "new", HOUR);
    long start = System.nanoTime();
    await(() -> get("k").equals(Optional.of("new")));
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
  }

  @Test
  void aFlushIsSeen() {
    start(Release.NEWER);
    awaitFeed();
    keepForLong("k", "a");
    theirs.clear();
    await(() -> get("k").isEmpty());
  }

  @Test
  void aRestartedServerIsSeenEmpty() {
    start(Release.NEWER);
    awaitFeed();
    keepForLong("k", "a");
    server.restart();
    await(() -> {
      try {
        return get("k").isEmpty();
      } catch (StoreUnavailable notYet) {
        return false;
      }
    });
    awaitFeed();
  }

  @Test
  void aFeedThatAFirewallForgotDropsItsValues() {
    server = MemcachedServer.start(Release.NEWER, "-B", "ascii");
    try (Relay relay = Relay.to(server)) {
      start(relay.address());
      awaitFeed();
      keepForLong("k", "old");
      relay.forgetFeeds();
      theirs.set("k", "new", HOUR);
      await(() -> get("k").equals(Optional.of("new")));
      awaitFeed();
    }
  }

  private boolean isFollowed() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("cache-near-")
            && thread.getName().endsWith(server.address()));
  }

  @Test
  void closingEndsItsThreads() {
    start(Release.NEWER);
    awaitFeed();
    assertTrue(isFollowed());
    mine.close();
    await(() -> !isFollowed());
  }
}

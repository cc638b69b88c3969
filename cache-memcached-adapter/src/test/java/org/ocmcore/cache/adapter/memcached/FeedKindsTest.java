package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.testing.FeedThread;

/** Which kinds of changes a feed watches on scripted servers of all releases. */
final class FeedKindsTest extends FeedFixture {
  private List<String> watchCommands() {
    return peer.receivedCommands().stream()
        .filter(command -> command.startsWith("watch"))
        .toList();
  }

  @Test
  void deletionsAreWatchedWhereTheServerReportsThem() {
    try (FeedThread feed =
        follow(client -> client.send("ts=%d.5 gid=1 type=deleted key=a%%20b cmd=md clsid=1 size=3\n"
            .formatted(peer.now().getEpochSecond())))) {
      feed.await(() -> !feed.removed().isEmpty());
      assertEquals(EnumSet.allOf(Kind.class), feed.kinds());
      assertEquals(CacheKey.ofBytes("a b".getBytes()), feed.removed().get(0).key());
      assertEquals(List.of("watch mutations evictions deletions"), watchCommands());
    }
  }

  @Test
  void rejectedDeletionsLeaveTheOtherKindsWatched() {
    peer.on("watch", client -> client.send("OK\r\n" + line("a")))
        .on("watch mutations evictions deletions", client -> client.send("ERROR\r\n"));
    try (FeedThread feed = follow()) {
      feed.awaitStored(1);
      assertEquals(Set.of(Kind.MUTATIONS, Kind.EVICTIONS), feed.kinds());
    }
  }

  private void protocols(String binding) {
    peer.on("stats settings", client -> client.send(binding + "END\r\n"));
  }

  @Test
  void aMissingBindingProtocolCountsAsBinary() {
    protocols("");
    try (FeedThread feed = followLines("")) {
      feed.awaitCaughtUp();
      assertFalse(feed.kinds().contains(Kind.MUTATIONS));
    }
  }

  @Test
  void theWithheldReasonNamesCauseAndRemedy() {
    peer.version("1.6.18");
    protocols("STAT binding_protocol auto-negotiate\r\n");
    try (FeedThread feed = followLines("")) {
      feed.awaitCaughtUp();
      assertEquals(
          "stores by other clients are not watched, only walks find them: while they are watched,"
              + " memcached 1.6.18 can crash when a client stores a value by the binary protocol"
              + " that the server rejects; start it with -B ascii, or, if no client uses that"
              + " protocol, set CACHE_FEED=on to take the risk",
          feed.withheld().orElseThrow());
    }
  }

  @Test
  void unsafeOldServersAreWatchedForEvictionsOnly() {
    peer.version("1.6.18").on("watch evictions deletions", client -> client.send("ERROR\r\n"));
    protocols("STAT binding_protocol auto-negotiate\r\n");
    try (FeedThread feed = followLines("")) {
      feed.awaitCaughtUp();
      assertEquals(Set.of(Kind.EVICTIONS), feed.kinds());
    }
  }

  @Test
  void modeOnWatchesStoresDespiteTheRisk() {
    peer.version("1.6.45");
    try (MemcachedStore risky = store(FeedMode.ON);
        FeedThread feed = FeedThread.start(risky.keyspace(), peer.address())) {
      assertEquals(List.of("watch mutations evictions deletions"), watchCommands());
      assertEquals(Optional.empty(), feed.withheld());
    }
  }

  @Test
  void modeOffSendsNoCommand() {
    try (MemcachedStore quiet = store(FeedMode.OFF);
        FeedThread feed = FeedThread.start(quiet.keyspace(), peer.address())) {
      assertFalse(feed.result());
      assertFalse(feed.hasBegun());
      assertTrue(feed.withheld().orElseThrow().endsWith("CACHE_FEED is off"));
      assertEquals(List.of(), peer.receivedCommands());
    }
  }

  private MemcachedStore store(FeedMode mode) {
    peer.on("watch", client -> client.send("OK\r\n"));
    return MemcachedStore.open(
        new MemcachedSettings(List.of(peer.address()), TIMEOUT, Ring.KETAMA, mode),
        Clock.systemUTC());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR",
        "CLIENT_ERROR watch commands not allowed",
        "WATCHER_TOO_MANY log watcher limit reached",
        "WATCHER_FAILED failed to add log watcher"
      })
  void rejectedWatchReturnsFalseWithoutEvents(String answer) {
    peer.on("watch", client -> client.send(answer + "\r\n"));
    try (FeedThread feed = follow()) {
      assertFalse(feed.result());
      assertFalse(feed.hasBegun());
      assertEquals(0, feed.caughtUp());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.6.11, auto-negotiate, false",
    "1.6.18, auto-negotiate, false",
    "1.6.18, ascii, true",
    "1.6.39, ascii, true",
    "1.6.39, binary, false",
    "1.6.40, ascii, false",
    "1.6.41, auto-negotiate, false",
    "1.6.42, auto-negotiate, false",
    "1.6.45, ascii, false",
    "2.0.0, ascii, false",
    "UNKNOWN, ascii, false"
  })
  void storesAreWatchedOnlyOnSafeReleases(String version, String binding, boolean safe) {
    peer.version(version);
    protocols("STAT binding_protocol " + binding + "\r\n");
    try (FeedThread feed = followLines("")) {
      feed.awaitCaughtUp();
      assertEquals(safe, feed.kinds().contains(Kind.MUTATIONS));
      assertEquals(safe, feed.withheld().isEmpty());
      assertTrue(feed.kinds().containsAll(Set.of(Kind.EVICTIONS, Kind.DELETIONS)));
      assertEquals(
          List.of("watch " + (safe ? "mutations " : "") + "evictions deletions"), watchCommands());
    }
  }
}

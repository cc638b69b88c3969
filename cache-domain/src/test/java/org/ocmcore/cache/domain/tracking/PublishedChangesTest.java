package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.changes.ChangeSubscription;
import org.ocmcore.cache.domain.changes.FollowedServer;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.testing.FakeCache;

/** What a tracker publishes of the changes on its servers. */
class PublishedChangesTest extends KeyTrackerFixture {
  private static final CacheEntry ENTRY =
      new CacheEntry(CacheKey.of("bulk"), CacheValue.ofText("v"), Expiry.NEVER);

  private static ChangeSubscription subscribe(KeyTracker tracker) {
    return tracker.changes().subscribe(ChangeQuery.ALL, AppRule.DEFAULT, 100);
  }

  private static List<String> changes(ChangeSubscription subscription) {
    subscription.gather();
    return subscription.take().changes().stream()
        .map(change -> change.kind() + " " + change.key() + " on " + change.server() + " "
            + change.size().orElse(0))
        .toList();
  }

  private static FollowedServer state(ChangeSubscription subscription) {
    Optional<List<FollowedServer>> servers = Optional.empty();
    while (servers.isEmpty()) {
      servers = subscription.take().servers();
    }
    return servers.get().get(0);
  }

  @Test
  void reportsOfTheFeedArePublished() throws InterruptedException {
    KeyTracker tracker = following(one);
    ChangeListener feed = one.listener("a:1");
    ChangeSubscription subscription = subscribe(tracker);
    feed.stored(info("k"), clock.instant());
    feed.removed(CacheKey.of("k"), clock.instant());
    feed.evicted(CacheKey.of("l"), clock.instant());
    assertEquals(
        List.of("stored k on a:1 60", "deleted k on a:1 0", "evicted l on a:1 0"),
        changes(subscription));
    feed.skipped(7);
    assertEquals(7, subscription.take().skipped().get(0).count().getAsLong());
  }

  @Test
  void evictionsLeaveTheIndex() throws InterruptedException {
    KeyTracker tracker = following(one);
    ChangeListener feed = one.listener("a:1");
    awaitLine("a:1 by feed and walk");
    tracker.fresh();
    feed.stored(info("k"), clock.instant());
    feed.caughtUp();
    assertTrue(has(tracker.index(), "k"));
    feed.evicted(CacheKey.of("k"), clock.instant());
    feed.caughtUp();
    assertEquals(0, count(tracker.index()));
  }

  @Test
  void ownBulkWorkIsPublishedByTheFeed() throws InterruptedException {
    one.feedOnly(Set.of(ChangeListener.Kind.values()), "all kinds");
    KeyTracker tracker = beating(one);
    ChangeListener feed = followed(tracker);
    ChangeSubscription subscription = subscribe(tracker);
    new TrackedBulk(one, tracker, Runnable::run, clock)
        .store("a:1", List.of(ENTRY).iterator(), false, (entry, outcome, reason) -> {});
    assertEquals(List.of(), changes(subscription));
    feed.stored(info("bulk"), clock.instant());
    assertEquals(List.of("stored bulk on a:1 60"), changes(subscription));
  }

  @Test
  void theStateSaysWhatTheFeedReports() throws InterruptedException {
    one.feedOnly(Set.of(ChangeListener.Kind.EVICTIONS), "mutations would crash it");
    KeyTracker tracker = following(one);
    one.listener("a:1");
    FollowedServer state = state(subscribe(tracker));
    assertEquals(Set.of(ChangeKind.EVICTED), state.reports());
    assertTrue(state.reason().orElseThrow().startsWith("mutations would crash it; "));
  }

  @Test
  void theEndOfAFeedHasItsReason() throws InterruptedException {
    KeyTracker tracker = following(one);
    one.listener("a:1");
    ChangeSubscription subscription = subscribe(tracker);
    assertEquals(Set.of(ChangeKind.STORED), state(subscription).reports());
    one.endFeed("a:1");
    assertEquals(
        new FollowedServer("a:1", Set.of(), Optional.of("it closed the connection")),
        state(subscription));
  }

  @Test
  void aServerWithoutAFeedIsNamed() {
    assertEquals(
        new FollowedServer(
            "a:1",
            Set.of(),
            Optional.of("it offers no feed of its changes, or feeds are switched off")),
        state(subscribe(started(one))));
  }

  @Test
  void serversThatLeaveAreFollowedNoMore() {
    KeyTracker tracker = started(cache);
    ChangeSubscription subscription = subscribe(tracker);
    assertEquals(3, subscription.take().servers().orElseThrow().size());
    cache.leave("b:1");
    cache.join("d:1");
    scheduler.advance(SECOND);
    assertEquals(
        List.of("a:1", "c:1", "d:1"),
        subscription.take().servers().orElseThrow().stream()
            .map(FollowedServer::server)
            .toList());
  }

  @Test
  void ownChangesInThisProcessArePublished() {
    FakeCache memory = new FakeCache(clock, "memory");
    memory.keepInProcess();
    KeyTracker tracker = started(memory);
    TrackedCache tracked = new TrackedCache(memory, tracker, clock);
    ChangeSubscription subscription = subscribe(tracker);
    tracked.store(CacheKey.of("k"), CacheValue.ofText("v"), Lifetime.FOREVER);
    long size = tracker.known(CacheKey.of("k")).orElseThrow().size();
    tracked.add(CacheKey.of("k"), CacheValue.ofText("w"), Lifetime.FOREVER);
    tracked.refresh(CacheKey.of("k"), Lifetime.ofSeconds(9));
    tracked.delete(CacheKey.of("k"));
    tracked.delete(CacheKey.of("k"));
    tracked.increment(CacheKey.of("n"), 1, Lifetime.FOREVER);
    assertEquals(
        List.of("stored k on memory " + size, "deleted k on memory 0", "stored n on memory 0"),
        changes(subscription));
    TrackedBulk bulk = new TrackedBulk(memory, tracker, Runnable::run, clock);
    bulk.store("memory", List.of(ENTRY).iterator(), false, (entry, outcome, reason) -> {});
    bulk.delete(
        "memory",
        List.of(ENTRY.key(), CacheKey.of("absent")).iterator(),
        (key, outcome, reason) -> {});
    assertEquals(
        List.of("stored bulk on memory " + ENTRY.size(), "deleted bulk on memory 0"),
        changes(subscription));
  }
}

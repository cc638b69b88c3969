package org.ocmcore.cache.domain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.changes.ChangeSubscription.News;
import org.ocmcore.cache.domain.changes.SkippedChanges.Reason;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.PatternTooCostly;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;

class ChangeStreamTest {
  private static final Instant AT = Instant.parse("2026-11-27T10:15:30Z");
  private static final int BUFFER = 4;

  private final ChangeStream stream = new ChangeStream(false, 32);
  private final ChangeSource a = stream.source("a:1");
  private final ChangeSource b = stream.source("b:1");

  private ChangeSubscription subscribe(KeyFilter filter, ChangeKind... kinds) {
    return stream.subscribe(
        new ChangeQuery(
            filter, kinds.length == 0 ? EnumSet.allOf(ChangeKind.class) : Set.of(kinds)),
        AppRule.DEFAULT,
        BUFFER);
  }

  private static void store(ChangeSource source, String key) {
    source.stored(
        new KeyInfo(CacheKey.of(key), Expiry.NEVER, 70, KeyInfo.UNKNOWN, false, source.server()),
        AT);
  }

  private static News news(ChangeSubscription subscription) {
    subscription.gather();
    return subscription.take();
  }

  /** What has changed, such as {@code stored k on a:1}. */
  private static List<String> changes(ChangeSubscription subscription) {
    return news(subscription).changes().stream()
        .map(change -> change.kind() + " " + change.key() + " on " + change.server())
        .toList();
  }

  private static SkippedChanges skipped(Reason reason, String server, long count) {
    return new SkippedChanges(reason, Optional.of(server), OptionalLong.of(count));
  }

  @Test
  void everyKindIsReportedWithWhatIsKnown() {
    ChangeSubscription all = subscribe(KeyFilter.ALL);
    store(a, "k");
    a.removed(CacheKey.of("l"), AT);
    b.evicted(CacheKey.of("m"), AT);
    assertEquals(
        List.of(
            new KeyChange(ChangeKind.STORED, CacheKey.of("k"), "a:1", AT, OptionalLong.of(70)),
            new KeyChange(ChangeKind.DELETED, CacheKey.of("l"), "a:1", AT, OptionalLong.empty()),
            new KeyChange(ChangeKind.EVICTED, CacheKey.of("m"), "b:1", AT, OptionalLong.empty())),
        news(all).changes());
    assertEquals(List.of(), news(all).changes());
  }

  @Test
  void whatCameBeforeIsNotReported() {
    store(a, "before");
    ChangeSubscription first = subscribe(KeyFilter.ALL);
    store(a, "between");
    ChangeSubscription second = subscribe(KeyFilter.ALL);
    store(a, "after");
    assertEquals(List.of("stored between on a:1", "stored after on a:1"), changes(first));
    assertEquals(List.of("stored after on a:1"), changes(second));
  }

  @Test
  void theFilterSelectsKeysServersAndKinds() {
    ChangeSubscription byPattern = subscribe(KeyFilter.matching(KeyPattern.of("er:1$")));
    ChangeSubscription byPrefix = subscribe(KeyFilter.startingWith(KeyBytes.of("user:")));
    ChangeSubscription byApp = subscribe(KeyFilter.of(new AppName("order")));
    ChangeSubscription byServer = subscribe(KeyFilter.ALL.on("b:1"));
    ChangeSubscription byKind = subscribe(KeyFilter.ALL, ChangeKind.DELETED);
    store(a, "user:1");
    store(b, "order:1");
    a.removed(CacheKey.of("user:2"), AT);
    assertEquals(List.of("stored user:1 on a:1", "stored order:1 on b:1"), changes(byPattern));
    assertEquals(List.of("stored user:1 on a:1", "deleted user:2 on a:1"), changes(byPrefix));
    assertEquals(List.of("stored order:1 on b:1"), changes(byApp));
    assertEquals(List.of("stored order:1 on b:1"), changes(byServer));
    assertEquals(List.of("deleted user:2 on a:1"), changes(byKind));
  }

  @Test
  void matchingChangesBeyondTheBufferAreCounted() {
    ChangeSubscription few = subscribe(KeyFilter.startingWith(KeyBytes.of("x")));
    for (int i = 0; i < BUFFER + 2; i++) {
      store(a, "x" + i);
      store(a, "other" + i);
    }
    store(b, "x");
    News news = news(few);
    assertEquals(
        List.of("x0", "x1", "x2", "x3"),
        news.changes().stream().map(change -> change.key().toString()).toList());
    assertEquals(
        List.of(skipped(Reason.BUFFER_FULL, "a:1", 2), skipped(Reason.BUFFER_FULL, "b:1", 1)),
        news.skipped());
    store(a, "x9");
    assertEquals(List.of("stored x9 on a:1"), changes(few));
    assertEquals(List.of(), news(few).skipped());
  }

  @Test
  void gatheringAheadOfTimeLosesNothing() {
    ChangeSubscription slow = subscribe(KeyFilter.startingWith(KeyBytes.of("x")));
    for (int i = 0; i < 100; i++) {
      store(a, i % 50 == 0 ? "x" + i : "other");
      slow.gather();
    }
    News news = slow.take();
    assertEquals(2, news.changes().size());
    assertEquals(List.of(), news.skipped());
  }

  @Test
  void changesThatCameTooFastAreCounted() {
    ChangeSubscription slow = subscribe(KeyFilter.startingWith(KeyBytes.of("x")));
    for (int i = 0; i < 100; i++) {
      store(a, "other");
    }
    List<SkippedChanges> skipped = news(slow).skipped();
    assertEquals(1, skipped.size());
    assertEquals(Reason.OVERLOAD, skipped.get(0).reason());
    assertEquals(Optional.empty(), skipped.get(0).server());
    assertTrue(skipped.get(0).count().getAsLong() >= 100 - 32);
  }

  @Test
  void lossesOfTheFeedAreReportedOnce() {
    a.skipped(5);
    ChangeSubscription all = subscribe(KeyFilter.ALL);
    ChangeSubscription other = subscribe(KeyFilter.ALL.on("b:1"));
    a.skipped(7);
    a.skipped(1);
    assertEquals(List.of(skipped(Reason.FEED, "a:1", 8)), news(all).skipped());
    assertEquals(List.of(), news(all).skipped());
    assertEquals(List.of(), news(other).skipped());
  }

  @Test
  void limitedSubscribersLearnNothingOfOthers() {
    AppScope scope = AppScope.of(Set.of(new AppName("shop")));
    ChangeSubscription shop = subscribe(KeyFilter.ALL.within(scope));
    for (int i = 0; i < BUFFER + 1; i++) {
      store(a, "bank:" + i);
      store(a, "shop:" + i);
    }
    a.ended("memcached 1.6.38 crashes");
    News own = news(shop);
    assertFalse(own.servers().toString().contains("1.6.38"), own::toString);
    assertTrue(own.servers().toString().contains("callers who see all apps"), own::toString);
    assertTrue(own.changes().stream().allMatch(c -> c.key().toString().startsWith("shop:")));
    assertEquals(List.of(skipped(Reason.BUFFER_FULL, "a:1", 1)), own.skipped());
    for (int i = 0; i < 100; i++) {
      store(a, "bank:" + i);
    }
    a.skipped(3);
    assertEquals(
        List.of(
            new SkippedChanges(Reason.OVERLOAD, Optional.empty(), OptionalLong.empty()),
            new SkippedChanges(Reason.FEED, Optional.of("a:1"), OptionalLong.empty())),
        news(shop).skipped());
  }

  @Test
  void theStateOfServersIsReportedWhenItChanges() {
    ChangeSubscription all = subscribe(KeyFilter.ALL);
    Optional<String> notYet = Optional.of("its feed has not begun");
    assertEquals(
        Optional.of(List.of(
            new FollowedServer("a:1", Set.of(), notYet),
            new FollowedServer("b:1", Set.of(), notYet))),
        news(all).servers());
    assertEquals(Optional.empty(), news(all).servers());
    a.began(Set.of(Kind.values()));
    b.close();
    assertEquals(
        Optional.of(
            List.of(new FollowedServer("a:1", Set.of(ChangeKind.values()), Optional.empty()))),
        news(all).servers());
    a.ended("connection refused");
    assertEquals(
        Optional.of(
            List.of(new FollowedServer("a:1", Set.of(), Optional.of("connection refused")))),
        news(all).servers());
  }

  @Test
  void theReasonNamesEveryKindThatIsMissing() {
    a.withheld("it would crash");
    a.began(Set.of(Kind.EVICTIONS));
    FollowedServer state = a.state();
    assertEquals(Set.of(ChangeKind.EVICTED), state.reports());
    assertEquals(
        "it would crash; its feed does not report deletions; newer releases of memcached do",
        state.reason().orElseThrow());
    a.began(Set.of(Kind.MUTATIONS, Kind.DELETIONS));
    assertEquals("its feed does not report evictions", a.state().reason().orElseThrow());
    a.withheld("it is a proxy");
    a.ended("it offers no feed");
    assertEquals("it is a proxy", a.state().reason().orElseThrow());
  }

  @Test
  void ownChangesAreReportedWhereNobodyElseWrites() {
    ChangeStream alone = new ChangeStream(true, 32);
    ChangeSource memory = alone.source("memory");
    memory.began(Set.of(Kind.EVICTIONS));
    assertEquals(
        new FollowedServer("memory", Set.of(ChangeKind.values()), Optional.empty()),
        memory.state());
    assertFalse(alone.wantsOwn());
    ChangeSubscription all = alone.subscribe(ChangeQuery.ALL, AppRule.DEFAULT, BUFFER);
    alone.own(ChangeKind.STORED, CacheKey.of("k"), "memory", AT, OptionalLong.of(60));
    assertEquals(List.of("stored k on memory"), changes(all));
    ChangeSubscription feeds = subscribe(KeyFilter.ALL);
    stream.own(ChangeKind.STORED, CacheKey.of("k"), "a:1", AT, OptionalLong.of(60));
    assertEquals(List.of(), changes(feeds), "the feed reports it");
  }

  @Test
  void aClosedSubscriptionReceivesNothing() {
    ChangeSubscription first = subscribe(KeyFilter.ALL);
    ChangeSubscription second = subscribe(KeyFilter.ALL);
    store(a, "k");
    first.gather();
    first.close();
    first.close();
    assertEquals(List.of(), changes(first));
    assertTrue(stream.hasSubscribers());
    assertEquals(List.of("stored k on a:1"), changes(second));
    second.close();
    assertFalse(stream.hasSubscribers());
    store(a, "l");
    assertEquals(List.of(), changes(second));
  }

  @Test
  void aPlainPatternCanBeFollowedForEver() {
    ChangeSubscription plain = subscribe(KeyFilter.matching(KeyPattern.of("(?=.*old).*x")));
    for (int i = 0; i < 300_000; i++) {
      store(a, "a:key:of:usual:length:" + i);
      if (i % 16 == 0) {
        plain.gather();
      }
    }
    assertEquals(List.of(), news(plain).changes());
  }

  @Test
  void aCostlyPatternIsRefused() {
    ChangeSubscription costly = subscribe(KeyFilter.matching(KeyPattern.of("(?=(a+)+\\1b)a")));
    store(a, "a".repeat(240));
    assertThrows(PatternTooCostly.class, costly::gather);
    costly.close();
    assertFalse(stream.hasSubscribers());
  }

  @Test
  void badQueriesAreRejected() {
    KeyCriteria large = new KeyCriteria(
        OptionalLong.of(5),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
    Set<ChangeKind> all = Set.of(ChangeKind.values());
    KeyFilter filter = KeyFilter.ALL.with(large);
    assertThrows(IllegalArgumentException.class, () -> new ChangeQuery(filter, all));
    assertThrows(IllegalArgumentException.class, () -> new ChangeQuery(KeyFilter.ALL, Set.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> stream.subscribe(ChangeQuery.ALL, AppRule.DEFAULT, 0));
    assertFalse(stream.hasSubscribers(), "nobody has subscribed");
    assertEquals(
        "\"touched\" is no kind of change; the kinds are stored, deleted, evicted",
        assertThrows(IllegalArgumentException.class, () -> ChangeKind.named("touched"))
            .getMessage());
  }

  @Test
  void theCapacityFollowsTheHeap() {
    assertEquals(1 << 10, ChangeStream.capacity(8L << 20));
    assertEquals(1 << 12, ChangeStream.capacity(128L << 20));
    assertEquals(1 << 16, ChangeStream.capacity(64L << 30));
  }
}

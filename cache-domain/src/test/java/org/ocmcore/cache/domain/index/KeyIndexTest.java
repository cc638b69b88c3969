package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.testing.MutableClock;

class KeyIndexTest {
  private static final List<String> SERVERS = List.of("a:1", "b:1", "c:1");
  private static final Comparator<PlacedKey> IN_ORDER =
      Comparator.comparing(PlacedKey::key).thenComparing(PlacedKey::server);

  private final MutableClock clock = new MutableClock();

  /** Every key belongs on server b. */
  private final ServerTable servers = new ServerTable(SERVERS, key -> new PlacedKey(key, "b:1"));

  private final LiveIndex live = new LiveIndex(servers, clock, Long.MAX_VALUE);

  /** What the index should hold: every copy. */
  private final Map<PlacedKey, KeyInfo> model = new TreeMap<>(IN_ORDER);

  private KeyIndex index() {
    return live.snapshot(clock.instant(), List.of());
  }

  private KeyInfo info(CacheKey key, String server, long size, Expiry expiry) {
    return new KeyInfo(key, expiry, size, clock.instant().getEpochSecond(), size % 2 == 0, server);
  }

  private KeyInfo info(String key, String server) {
    return info(CacheKey.of(key), server, 60, Expiry.NEVER);
  }

  private static List<KeyInfo> listed(KeyCursor cursor) {
    List<KeyInfo> keys = new ArrayList<>();
    while (cursor.next()) {
      keys.add(cursor.info());
    }
    return keys;
  }

  private List<KeyInfo> keys() {
    return listed(index().cursor(KeyRange.ALL, clock.instant()));
  }

  private List<KeyInfo> copies() {
    return listed(index().copies(KeyRange.ALL, clock.instant()));
  }

  private static List<String> names(List<KeyInfo> keys) {
    return keys.stream().map(key -> key.key().toString()).toList();
  }

  private void store(String... keys) {
    for (String key : keys) {
      live.merge(Kind.STORED, info(key, "b:1"));
    }
  }

  // Against a model.

  private static CacheKey anyKey(Random random) {
    int length = random.nextInt(8) == 0 ? 1 + random.nextInt(250) : 1 + random.nextInt(4);
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] =
          (byte) (random.nextInt(20) == 0 ? 128 + random.nextInt(128) : 'a' + random.nextInt(6));
    }
    return CacheKey.ofBytes(key);
  }

  private KeyInfo anyInfo(Random random) {
    Expiry expiry = random.nextInt(3) == 0
        ? Expiry.NEVER
        : Expiry.at(clock.instant().plusSeconds(1 + random.nextInt(300)));
    String server = SERVERS.get(random.nextInt(4) == 0 ? random.nextInt(3) : 1);
    return info(anyKey(random), server, random.nextInt(1_000_000), expiry);
  }

  @RepeatedTest(20)
  void holdsWhatAModelHoldsWhateverIsHeard(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int round = 0; round < 30; round++) {
      clock.advance(Duration.ofSeconds(20));
      switch (random.nextInt(6)) {
        case 0 -> events(random, 1);
        case 1, 2 -> events(random, random.nextInt(3_000));
        case 3, 4 -> walk(random);
        default -> removals(random);
      }
      assertModel(random);
    }
  }

  private void events(Random random, int count) {
    ChangeBatch changes = new ChangeBatch(servers);
    for (int i = 0; i < count; i++) {
      KeyInfo info = anyInfo(random);
      Kind kind =
          List.of(Kind.STORED, Kind.STORED, Kind.TOUCHED, Kind.REMOVED).get(random.nextInt(4));
      changes.add(kind, info, LiveIndex.micros(clock.instant()));
      switch (kind) {
        case STORED -> model.put(info.placed(), info);
        case REMOVED -> model.remove(info.placed());
        default ->
          model.computeIfPresent(
              info.placed(),
              (same, known) -> new KeyInfo(
                  known.key(),
                  info.expiry(),
                  known.size(),
                  info.lastAccess(),
                  known.fetched() || info.fetched(),
                  known.server()));
      }
    }
    live.merge(changes);
  }

  /** Some of the keys of a server are there still, some are gone, some are new. */
  private void walk(Random random) {
    int server = random.nextInt(SERVERS.size());
    int number = live.beginWalk(server);
    Map<PlacedKey, KeyInfo> met = new TreeMap<>(IN_ORDER);
    int loss = random.nextInt(11);
    model.values().stream()
        .filter(info -> info.server().equals(SERVERS.get(server)) && random.nextInt(10) >= loss)
        .forEach(info -> met.put(info.placed(), info));
    for (int i = random.nextInt(2_000); i > 0; i--) {
      KeyInfo info = anyInfo(random);
      KeyInfo here = info(info.key(), SERVERS.get(server), info.size(), info.expiry());
      met.put(here.placed(), here);
    }
    ChangeBatch changes = new ChangeBatch(servers);
    met.values().forEach(info -> changes.add(Kind.WALK, info, number));
    live.merge(changes);
    assertTrue(live.endWalk(server, number));
    model.keySet().removeIf(key -> key.server().equals(SERVERS.get(server)));
    model.putAll(met);
  }

  private void removals(Random random) {
    int share = 1 + random.nextInt(4);
    ChangeBatch changes = new ChangeBatch(servers);
    List<KeyInfo> gone =
        model.values().stream().filter(info -> random.nextInt(4) < share).toList();
    gone.forEach(info -> changes.add(Kind.REMOVED, info, LiveIndex.micros(clock.instant())));
    gone.forEach(info -> model.remove(info.placed()));
    live.merge(changes);
  }

  private void assertModel(Random random) {
    Instant now = clock.instant();
    List<KeyInfo> all =
        model.values().stream().filter(info -> !info.expiry().isPast(now)).toList();
    assertEquals(all, copies());
    List<KeyInfo> primary =
        primaries().stream().filter(info -> !info.expiry().isPast(now)).toList();
    assertEquals(primary, keys());
    for (int i = 0; i < 5; i++) {
      KeyRange range = anyRange(random);
      List<KeyInfo> inRange =
          primary.stream().filter(info -> range.contains(info.key().bytes())).toList();
      assertEquals(inRange, listed(index().cursor(range, now)));
      assertEquals(sums(inRange), index().sum(range, now));
      List<KeyRange> parts = index().split(range, 1 + random.nextInt(9));
      assertEquals(
          inRange,
          parts.stream()
              .flatMap(part -> listed(index().cursor(part, now)).stream())
              .toList());
      assertSumBelow(random, range, inRange);
    }
    for (KeyInfo info : primary.subList(0, Math.min(20, primary.size()))) {
      assertEquals(Optional.of(info), index().find(info.key(), now));
    }
  }

  /** The copy of each key at home, or else the first. */
  private List<KeyInfo> primaries() {
    Map<CacheKey, KeyInfo> primary = new TreeMap<>();
    for (KeyInfo info : model.values()) {
      primary.merge(info.key(), info, (first, next) -> next.server().equals("b:1") ? next : first);
    }
    return List.copyOf(primary.values());
  }

  private static KeyRange anyRange(Random random) {
    KeyRange range = KeyRange.prefix(prefix(anyKey(random), random.nextInt(3)));
    if (random.nextInt(3) == 0) {
      range = range.after(anyKey(random));
    }
    return random.nextInt(3) == 0 ? range.before(anyKey(random).bytes()) : range;
  }

  private static byte[] prefix(CacheKey key, int length) {
    return Arrays.copyOf(key.bytes(), Math.min(length, key.length()));
  }

  private static RangeSummary sums(List<KeyInfo> keys) {
    return new RangeSummary(
        keys.size(),
        keys.stream().mapToLong(KeyInfo::size).sum(),
        keys.stream().filter(key -> key.expiry().isNever()).count());
  }

  private void assertSumBelow(Random random, KeyRange range, List<KeyInfo> inRange) {
    KeyCursor cursor = index().cursor(range, clock.instant());
    int steps = inRange.isEmpty() ? 0 : random.nextInt(inRange.size());
    for (int i = 0; i < steps; i++) {
      assertTrue(cursor.next());
    }
    byte[] bound = anyKey(random).bytes();
    List<KeyInfo> rest = inRange.subList(Math.max(0, steps - 1), inRange.size());
    List<KeyInfo> below = rest.stream()
        .filter(info -> Arrays.compareUnsigned(info.key().bytes(), bound) < 0)
        .toList();
    assertEquals(sums(below), cursor.sumBelow(bound));
    List<KeyInfo> behind = below.isEmpty() && steps > 0
        ? inRange.subList(steps, inRange.size())
        : rest.subList(below.size(), rest.size());
    if (!below.isEmpty() || steps == 0) {
      assertEquals(behind, listed(cursor));
    }
  }

  // One by one.

  @Test
  void anEmptyIndexHasNothing() {
    assertEquals(List.of(), keys());
    assertEquals(new RangeSummary(0, 0, 0), index().sum(KeyRange.ALL, clock.instant()));
    assertEquals(List.of(KeyRange.ALL), index().split(KeyRange.ALL, 4));
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() {
    CacheKey high = CacheKey.ofBytes(new byte[] {(byte) 0xff});
    live.merge(Kind.STORED, info(high, "b:1", 60, Expiry.NEVER));
    store("b", "a", "aa", "é");
    assertEquals(List.of("a", "aa", "b", "é", "\\xff"), names(keys()));
  }

  @Test
  void whatIsKnownOfAKeyComesBack() {
    KeyInfo info = new KeyInfo(
        CacheKey.of("k"),
        new Expiry(4_000_000_000L),
        KeyInfo.MAX_SIZE,
        3_999_999_999L,
        true,
        "a:1");
    live.merge(Kind.STORED, info);
    assertEquals(List.of(info), copies());
  }

  @Test
  void expiryAfterTheYear2106IsCapped() {
    Expiry far = new Expiry(99_999_999_999L);
    live.merge(Kind.STORED, info(CacheKey.of("k"), "b:1", 1, far));
    assertEquals(0xFFFF_FFFEL, keys().get(0).expiry().epochSecond());
  }

  @Test
  void expiredKeysVanishOnTime() {
    Expiry end = Expiry.at(clock.instant().plusSeconds(5));
    live.merge(Kind.STORED, info(CacheKey.of("k"), "b:1", 60, end));
    clock.advance(Duration.ofSeconds(4));
    assertEquals(1, index().sum(KeyRange.ALL, clock.instant()).keys());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(List.of(), keys());
    assertEquals(0, index().sum(KeyRange.ALL, clock.instant()).keys());
  }

  @Test
  void snapshotIgnoresLaterChanges() {
    store("a", "b");
    KeyIndex before = index();
    store("c");
    live.merge(Kind.REMOVED, info("a", "b:1"));
    assertEquals(List.of("a", "b"), names(listed(before.cursor(KeyRange.ALL, clock.instant()))));
    assertEquals(List.of("b", "c"), names(keys()));
  }

  @Test
  void aPositionLeadsBackToItsKey() {
    store(IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toArray(String[]::new));
    KeyCursor cursor = index().cursor(KeyRange.ALL, clock.instant());
    Map<Long, CacheKey> positions = new TreeMap<>();
    while (cursor.next()) {
      positions.put(cursor.position(), cursor.key());
    }
    assertEquals(1_000, positions.size());
    positions.forEach((position, key) -> {
      cursor.goTo(position);
      assertEquals(key, cursor.key());
    });
  }

  // Walks, events and what is older than what.

  private void met(int walk, String... keys) {
    ChangeBatch changes = new ChangeBatch(servers);
    for (String key : keys) {
      changes.add(Kind.WALK, info(CacheKey.of(key), "b:1", 77, Expiry.NEVER), walk);
    }
    live.merge(changes);
  }

  @Test
  void walkRemovesUnvisitedButKeepsRecentKeys() {
    store("gone", "stays");
    int walk = live.beginWalk(1);
    store("new");
    met(walk, "stays");
    live.endWalk(1, walk);
    assertEquals(List.of("new", "stays"), names(keys()));
  }

  @Test
  void walkKeepsKeysOfOtherServers() {
    live.merge(Kind.STORED, info("other", "a:1"));
    int walk = live.beginWalk(1);
    live.endWalk(1, walk);
    assertEquals(List.of("other"), names(keys()));
  }

  @Test
  void keyRemovedDuringAWalkStaysRemoved() {
    store("k");
    int walk = live.beginWalk(1);
    live.merge(Kind.REMOVED, info("k", "b:1"));
    met(walk, "k");
    assertEquals(List.of(), keys());
    live.endWalk(1, walk);
    assertEquals(List.of(), keys());
  }

  @Test
  void keyStoredDuringAWalkWins() {
    int walk = live.beginWalk(1);
    store("k");
    met(walk, "k");
    live.endWalk(1, walk);
    assertEquals(60, keys().get(0).size());
  }

  @Test
  void nextWalkWinsOverEarlierEvents() {
    store("k");
    int walk = live.beginWalk(1);
    met(walk, "k");
    live.endWalk(1, walk);
    assertEquals(77, keys().get(0).size());
  }

  @Test
  void aBrokenWalkDropsNothing() {
    store("k");
    live.beginWalk(1);
    live.abandonWalk("b:1");
    assertEquals(List.of("k"), names(keys()));
  }

  @Test
  void lateEventDoesNotReviveARemovedKey() {
    live.follow(1, true);
    Instant stored = clock.instant();
    clock.advance(Duration.ofMillis(10));
    live.merge(Kind.REMOVED, info("k", "b:1"));
    ChangeBatch late = new ChangeBatch(servers);
    late.add(Kind.STORED, info("k", "b:1"), LiveIndex.micros(stored));
    live.merge(late);
    assertEquals(List.of(), keys());
    store("k");
    assertEquals(List.of("k"), names(keys()));
  }

  @Test
  void lateEventKeepsANewLifetime() {
    Instant stored = clock.instant();
    store("k");
    clock.advance(Duration.ofSeconds(2));
    Expiry end = Expiry.at(clock.instant().plusSeconds(100));
    live.merge(Kind.TOUCHED, info(CacheKey.of("k"), "b:1", 0, end));
    ChangeBatch late = new ChangeBatch(servers);
    late.add(Kind.STORED, info("k", "b:1"), LiveIndex.micros(stored));
    live.merge(late);
    assertEquals(end, keys().get(0).expiry());
    assertEquals(60, keys().get(0).size());
  }

  @Test
  void feedDoesNotRemoveFlags() {
    CacheKey key = CacheKey.of("k");
    live.merge(Kind.STORED, info(key, "b:1", 64, Expiry.NEVER));
    live.merge(Kind.FEED, info(key, "b:1", 60, Expiry.NEVER));
    assertEquals(64, keys().get(0).size());
    live.merge(Kind.FEED, info(key, "b:1", 61, Expiry.NEVER));
    assertEquals(61, keys().get(0).size());
    live.merge(Kind.STORED, info(key, "b:1", 57, Expiry.NEVER));
    assertEquals(57, keys().get(0).size());
  }

  @Test
  void flushInvalidatesTheRunningWalk() {
    store("a", "b");
    Instant before = clock.instant();
    int walk = live.beginWalk(1);
    clock.advance(Duration.ofMillis(1));
    live.flush("b:1");
    met(walk, "a");
    ChangeBatch late = new ChangeBatch(servers);
    late.add(Kind.STORED, info("b", "b:1"), LiveIndex.micros(before));
    live.merge(late);
    assertEquals(List.of(), keys());
    store("c");
    assertFalse(live.endWalk(1, walk));
    assertEquals(List.of("c"), names(keys()));
  }

  @Test
  void whatWasCertainlyStoredAfterAFlushStays() {
    store("before");
    clock.advance(Duration.ofSeconds(1));
    Instant flush = clock.instant();
    store("meanwhile");
    clock.advance(Duration.ofSeconds(1));
    store("after");
    live.flush(1, flush);
    assertEquals(List.of("after"), names(keys()));
    live.endWalk(1, live.beginWalk(1));
    assertEquals(List.of(), keys());
  }

  @Test
  void tracesOfRemovedKeysAreSweptInTime() {
    live.follow(1, true);
    live.merge(Kind.REMOVED, info("k", "b:1"));
    clock.advance(Duration.ofSeconds(60));
    live.endWalk(1, live.beginWalk(1));
    assertEquals(0, live.tree().size());
  }

  @Test
  void copiesOnSeveralServersAreOneKey() {
    live.merge(Kind.STORED, info("k", "c:1"));
    assertEquals("c:1", keys().get(0).server());
    live.merge(Kind.STORED, info("k", "a:1"));
    assertEquals("a:1", keys().get(0).server());
    live.merge(Kind.STORED, info("k", "b:1"));
    assertEquals("b:1", keys().get(0).server());
    assertEquals(1, keys().size());
    assertEquals(1, index().sum(KeyRange.ALL, clock.instant()).keys());
    assertEquals(
        List.of("a:1", "b:1", "c:1"), copies().stream().map(KeyInfo::server).toList());
    live.merge(Kind.REMOVED, info("k", "b:1"));
    assertEquals("a:1", keys().get(0).server());
  }

  @Test
  void thousandsOfCopiesOfAKeyStayTogether() {
    List<String> servers =
        IntStream.range(0, 1_000).mapToObj(i -> "s" + i + ":1").toList();
    ServerTable many = new ServerTable(servers, key -> new PlacedKey(key, "s500:1"));
    LiveIndex crowded = new LiveIndex(many, clock, Long.MAX_VALUE);
    ChangeBatch changes = new ChangeBatch(many);
    servers.forEach(server -> changes.add(Kind.STORED, info("k".repeat(250), server), 0));
    IntStream.range(0, 500).forEach(i -> changes.add(Kind.STORED, info("k" + i, "s1:1"), 0));
    crowded.merge(changes);
    KeyIndex index = crowded.snapshot(clock.instant(), List.of());
    assertEquals(501, index.sum(KeyRange.ALL, clock.instant()).keys());
    assertEquals(1_500, listed(index.copies(KeyRange.ALL, clock.instant())).size());
    assertEquals(
        "s500:1",
        index.find(CacheKey.of("k".repeat(250)), clock.instant()).orElseThrow().server());
  }

  @Test
  void keysWithLongCommonBeginningsAreSorted() {
    String prefix = "p".repeat(200);
    List<String> keys =
        IntStream.range(0, 10_000).mapToObj(i -> prefix + "%05d".formatted(i)).toList();
    List<String> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, new Random(1));
    ChangeBatch changes = new ChangeBatch(servers);
    shuffled.forEach(key -> changes.add(Kind.STORED, info(key, "b:1"), 0));
    live.merge(changes);
    assertEquals(keys, names(keys()));
  }

  @Test
  void cursorExposesBytesWithoutACopy() {
    store("ab", "cd");
    KeyCursor cursor =
        index().cursor(KeyRange.prefix("c".getBytes(StandardCharsets.UTF_8)), clock.instant());
    assertTrue(cursor.next());
    assertArrayEquals(
        "cd".getBytes(StandardCharsets.UTF_8),
        Arrays.copyOfRange(cursor.bytes(), cursor.from(), cursor.to()));
    assertFalse(cursor.next());
  }
}

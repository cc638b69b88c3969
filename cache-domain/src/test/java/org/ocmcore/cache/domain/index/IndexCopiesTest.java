package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.key.PlacedKey;

class IndexCopiesTest extends KeyIndexFixture {
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
  void aCursorCountsLiveCopies() {
    store("j", "l");
    live.merge(Kind.STORED, info("k", "a:1"));
    live.merge(Kind.STORED, info("k", "b:1"));
    live.merge(Kind.STORED, info("k", "c:1"));
    live.merge(Kind.REMOVED, info("k", "a:1"));
    List<Integer> counts = new ArrayList<>();
    KeyCursor cursor = index().cursor(KeyRange.ALL, clock.instant());
    while (cursor.next()) {
      counts.add(cursor.copies());
    }
    assertEquals(List.of(1, 2, 1), counts);
  }

  @Test
  void aSampleComesFromAllParts() {
    for (int i = 0; i < 50_000; i++) {
      live.merge(Kind.STORED, info("%05d".formatted(i), SERVERS.get(i % 3)));
    }
    List<PlacedKey> sample = index().sample(1_000, clock.instant());
    assertEquals(1_000, Set.copyOf(sample).size());
    for (String digit : List.of("0", "1", "2", "3", "4")) {
      long share =
          sample.stream().filter(key -> key.key().toString().startsWith(digit)).count();
      assertTrue(share > 150 && share < 250, digit + ": " + share);
    }
    for (PlacedKey key : sample) {
      assertEquals(SERVERS.get(Integer.parseInt(key.key().toString()) % 3), key.server());
    }
  }

  @Test
  void aSampleLeavesOutKeysWithCopies() {
    store("a", "b");
    live.merge(Kind.STORED, info("b", "a:1"));
    live.merge(Kind.STORED, info("c", "c:1"));
    assertEquals(
        List.of(new PlacedKey(CacheKey.of("a"), "b:1"), new PlacedKey(CacheKey.of("c"), "c:1")),
        index().sample(1_000, clock.instant()));
    assertEquals(1, index().sample(1, clock.instant()).size());
  }

  @Test
  void thousandsOfCopiesOfAKeyStayTogether() {
    List<String> servers =
        IntStream.range(0, 1_000).mapToObj(i -> "s" + i + ":1").toList();
    ServerTable many = new ServerTable(servers, key -> new PlacedKey(key, "s500:1"));
    LiveIndex crowded = new LiveIndex(many, clock, Long.MAX_VALUE);
    ChangeBatch changes = crowded.newBatch();
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
    ChangeBatch changes = live.newBatch();
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

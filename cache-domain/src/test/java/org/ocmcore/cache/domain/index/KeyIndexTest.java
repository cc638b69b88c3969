package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

class KeyIndexTest extends KeyIndexFixture {
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
        4_294_967_294L,
        3_999_999_999L,
        true,
        "a:1");
    live.merge(Kind.STORED, info);
    assertEquals(List.of(info), copies());
  }

  @Test
  void flagsStayUntilAFeedReportsAnotherLength() {
    live.merge(Kind.STORED, info(64, 7));
    live.merge(Kind.TOUCHED, info(0, KeyInfo.UNKNOWN));
    assertEquals(7, copies().get(0).flags());
    live.merge(Kind.FEED, info(60, KeyInfo.UNKNOWN));
    assertEquals(7, copies().get(0).flags());
    live.merge(Kind.FEED, info(61, KeyInfo.UNKNOWN));
    assertEquals(KeyInfo.UNKNOWN, copies().get(0).flags());
  }

  private KeyInfo info(long size, long flags) {
    return new KeyInfo(
        CacheKey.of("k"), Expiry.NEVER, size, flags, clock.instant().getEpochSecond(), true, "a:1");
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
}

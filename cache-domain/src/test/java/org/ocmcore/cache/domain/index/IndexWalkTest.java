package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.key.CacheKey;

class IndexWalkTest extends KeyIndexFixture {
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
    ChangeBatch late = live.newBatch();
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
    ChangeBatch late = live.newBatch();
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
    ChangeBatch late = live.newBatch();
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
}

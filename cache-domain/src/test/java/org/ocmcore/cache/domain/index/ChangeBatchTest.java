package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

class ChangeBatchTest {
  private static final int CHANGES = 1_000;

  private static LiveIndex indexOf(String... servers) {
    return new LiveIndex(
        List.of(servers), key -> new PlacedKey(key, "a:1"), Clock.systemUTC(), 1 << 20);
  }

  private static KeyInfo stored(String key, String server) {
    return new KeyInfo(CacheKey.of(key), Expiry.NEVER, 1, 0, 0, false, server);
  }

  private static int filled(int keyLength) {
    LiveIndex index = indexOf("a:1");
    ChangeBatch batch = index.newBatch();
    String end = "x".repeat(keyLength - 6);
    while (!batch.reaches(CHANGES)) {
      CacheKey key = CacheKey.of("%06d%s".formatted(batch.size(), end));
      batch.add(
          ChangeBatch.Kind.STORED,
          new KeyInfo(key, Expiry.NEVER, 1, KeyInfo.UNKNOWN, KeyInfo.UNKNOWN, false, "a:1"),
          Instant.EPOCH);
    }
    return batch.size();
  }

  @Test
  void batchesOfLongKeysAreMergedEarlier() {
    assertEquals(CHANGES, filled(27));
    int longKeys = filled(CacheKey.MAX_BYTES);
    assertTrue(longKeys < CHANGES / 4, longKeys + " changes");
  }

  @Test
  void anEmptyBatchReachesNothing() {
    assertFalse(indexOf("a:1").newBatch().reaches(1));
  }

  @Test
  void roomIsMadeOnceForKeysAsLongAsThoseBefore() {
    LiveIndex index = indexOf("a:1");
    ChangeBatch batch = reused(index);
    batch.reserve(CHANGES, 10 * CHANGES);
    byte[] room = batch.keys();
    addBackwards(batch, CHANGES);
    assertSame(room, batch.keys());
    index.merge(batch);
    assertEquals(
        CHANGES,
        index.snapshot(Instant.EPOCH, List.of()).keysByServer(Instant.EPOCH).get("a:1"));
  }

  @Test
  void noMoreRoomIsMadeThanAFullBatchTakes() {
    ChangeBatch batch = reused(indexOf("a:1"));
    batch.reserve(Integer.MAX_VALUE, CHANGES);
    byte[] room = batch.keys();
    assertTrue(room.length <= CHANGES * ChangeBatch.BYTES, room.length + " bytes");
    int full = 0;
    while (!batch.reaches(CHANGES)) {
      addBackwards(batch, 1);
      full++;
    }
    assertSame(room, batch.keys());
    assertTrue(full < CHANGES, full + " changes");
  }

  /** An empty batch that had long keys before. */
  private static ChangeBatch reused(LiveIndex index) {
    ChangeBatch batch = index.newBatch();
    addBackwards(batch, 100);
    index.merge(batch);
    batch.reuse();
    return batch;
  }

  private static void addBackwards(ChangeBatch batch, int changes) {
    for (int i = changes; i > 0; i--) {
      String key = "%s%06d".formatted("x".repeat(100), i);
      batch.add(ChangeBatch.Kind.STORED, stored(key, "a:1"), Instant.EPOCH);
    }
  }

  @Test
  void changesOfEachServerAreKept() {
    LiveIndex index = indexOf("a:1", "b:1");
    ChangeBatch batch = index.newBatch();
    for (String server : List.of("a:1", "b:1", "b:1", "a:1", "b:1")) {
      batch.add(ChangeBatch.Kind.STORED, stored("k" + batch.size(), server), Instant.EPOCH);
    }
    index.merge(batch);
    assertEquals(
        List.of("a:1", "b:1", "b:1", "a:1", "b:1"),
        Stream.of("k0", "k1", "k2", "k3", "k4")
            .map(key -> index
                .snapshot(Instant.EPOCH, List.of())
                .find(CacheKey.of(key), Instant.EPOCH)
                .get()
                .server())
            .toList());
  }

  @Test
  void aServerThatJoinsIsKnownFromThenOn() {
    LiveIndex index = indexOf("a:1");
    ChangeBatch batch = index.newBatch();
    batch.add(ChangeBatch.Kind.STORED, stored("k", "b:1"), Instant.EPOCH);
    assertEquals(0, batch.size());
    index.replaceServers(List.of("a:1", "b:1"));
    batch.add(ChangeBatch.Kind.STORED, stored("k", "b:1"), Instant.EPOCH);
    assertEquals(1, batch.size());
    index.replaceServers(List.of("a:1"));
    batch.addRemoved(CacheKey.of("k"), "b:1", Instant.EPOCH);
    assertEquals(1, batch.size());
  }

  /** Its place in the batch held other changes before. */
  @Test
  void aRemovalRemovesNothingElse() {
    LiveIndex index = indexOf("a:1");
    ChangeBatch batch = index.newBatch();
    batch.add(ChangeBatch.Kind.STORED, stored("k", "a:1"), Instant.EPOCH);
    batch.add(ChangeBatch.Kind.STORED, stored("l", "a:1"), Instant.EPOCH);
    index.merge(batch);
    batch.reuse();
    batch.addRemoved(CacheKey.of("l"), "a:1", Instant.EPOCH.plusSeconds(1));
    index.merge(batch);
    assertEquals(
        List.of(stored("k", "a:1")),
        index.snapshot(Instant.EPOCH, List.of()).copies(CacheKey.of("k"), Instant.EPOCH));
    assertEquals(
        List.of(),
        index.snapshot(Instant.EPOCH, List.of()).copies(CacheKey.of("l"), Instant.EPOCH));
  }
}

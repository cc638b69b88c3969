package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

class IndexUpdatesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final int MANY = 100_000;

  private final LiveIndex live = new LiveIndex(
      List.of("a:1"), key -> new PlacedKey(key, "a:1"), Clock.systemUTC(), Long.MAX_VALUE);

  private long known() {
    return live.snapshot(NOW, List.of()).keysByServer(NOW).get("a:1");
  }

  private void add(IndexUpdates updates, int number, Instant at) {
    CacheKey key = CacheKey.of("k%06d".formatted(number));
    updates.add(
        Kind.STORED, new KeyInfo(key, Expiry.NEVER, 60, NOW.getEpochSecond(), false, "a:1"), at);
  }

  /** A large index, so that batches in any order are large. */
  private IndexUpdates aboveMany() {
    IndexUpdates first = new IndexUpdates(live, Runnable::run);
    for (int i = 0; i < MANY; i++) {
      add(first, 2 * i, NOW);
    }
    first.merge();
    return new IndexUpdates(live, Runnable::run);
  }

  @Test
  void ascendingKeysAreKnownSoon() {
    IndexUpdates updates = aboveMany();
    for (int i = 0; i < 8 * 1024; i++) {
      add(updates, 2 * i + 1, NOW);
    }
    assertEquals(MANY + 8 * 1024, known());
  }

  @Test
  void keysInAnyOrderAreKnownInFewSteps() {
    IndexUpdates updates = aboveMany();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      add(updates, 2 * random.nextInt(MANY) + 1, NOW);
    }
    assertEquals(MANY, known());
    updates.merge();
    assertEquals(MANY + new Random(1).ints(20_000, 0, MANY).distinct().count(), known());
  }

  @Test
  void slowWorkIsKnownAfterTwoSeconds() {
    IndexUpdates updates = aboveMany();
    add(updates, 3, NOW);
    add(updates, 1, NOW.plusSeconds(1));
    assertEquals(MANY, known());
    add(updates, 7, NOW.plusSeconds(2));
    assertEquals(MANY + 3, known());
  }
}

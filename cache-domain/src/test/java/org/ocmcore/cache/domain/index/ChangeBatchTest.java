package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

class ChangeBatchTest {
  private static final int CHANGES = 1_000;

  private static int filled(int keyLength) {
    LiveIndex index =
        new LiveIndex(List.of("a:1"), key -> new PlacedKey(key, "a:1"), Clock.systemUTC(), 1 << 20);
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
    LiveIndex index =
        new LiveIndex(List.of("a:1"), key -> new PlacedKey(key, "a:1"), Clock.systemUTC(), 1 << 20);
    assertFalse(index.newBatch().reaches(1));
  }
}

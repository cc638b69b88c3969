package org.ocmcore.cache.adapter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.NearEntry;
import org.ocmcore.cache.domain.testing.MutableClock;

/** The bounds and the time of a {@link MemoryNearMap}. */
class MemoryNearMapTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final MemoryNearMap map = MemoryNearMap.ofBytes(100_000, nanos::get);
  private final Cache cache =
      Cache.builder(MemoryStore.open(new MutableClock())).nearCache(map, HOUR).build();

  private void keep(String key, String value) {
    cache.set(key, value, HOUR);
    assertEquals(Optional.of(value), cache.get(key, String.class));
  }

  @Test
  void theBytesOfItsEntriesAreBounded() {
    for (int i = 0; i < 1_000; i++) {
      keep("k" + i, "x".repeat(1_000));
    }
    assertTrue(map.size() > 10 && map.size() < 100, "entries: " + map.size());
  }

  @Test
  void anEntryThatIsTooLargeIsForgotten() {
    keep("large", "x".repeat(200_000));
    assertEquals(0, map.size());
  }

  @Test
  void entriesEnd() {
    keep("k", "a");
    NearEntry entry = map.get("k");
    assertEquals(entry.end(), nanos.get() + 1_000_000_000L);
    nanos.addAndGet(999_999_999);
    assertEquals(entry, map.get("k"));
    nanos.addAndGet(1);
    assertNull(map.get("k"));
  }

  @Test
  void aNewEntryHasItsOwnEnd() {
    keep("k", "a");
    nanos.addAndGet(600_000_000);
    keep("k", "b");
    nanos.addAndGet(600_000_000);
    assertEquals(nanos.get() + 400_000_000L, map.get("k").end());
  }

  @Test
  void aForbiddenPutRemovesWhatIsThere() {
    keep("k", "a");
    map.putIf("k", map.get("k"), () -> false);
    assertNull(map.get("k"));
  }

  @Test
  void aMapWithoutMemoryIsRejected() {
    assertThrows(IllegalArgumentException.class, () -> MemoryNearMap.ofBytes(0));
  }
}

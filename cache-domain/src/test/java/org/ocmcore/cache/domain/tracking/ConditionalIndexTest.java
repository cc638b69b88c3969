package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.testing.Bench;

/** Changes with a precondition are in the index at once, on the server where they happen. */
class ConditionalIndexTest {
  private static final CacheKey KEY = CacheKey.of("k");
  private static final CacheValue VALUE = CacheValue.ofText("v");

  private final Bench bench = new Bench();
  private final CachePort cache = bench.tracked().cache();
  private final PlacedKey elsewhere = bench.cache.servers().stream()
      .map(server -> new PlacedKey(KEY, server))
      .filter(key -> !key.equals(bench.cache.place(KEY)))
      .findFirst()
      .orElseThrow();

  private List<String> known() {
    return bench.tracker.copies(KEY).stream().map(KeyInfo::server).toList();
  }

  @Test
  void theIndexFollowsWhatHappens() {
    bench.tracker.fresh();
    assertTrue(cache.store(elsewhere, VALUE, Lifetime.FOREVER, Precondition.ABSENT));
    assertEquals(List.of(elsewhere.server()), known());
    assertFalse(cache.delete(elsewhere, -1));
    assertEquals(List.of(elsewhere.server()), known());
    assertTrue(cache.delete(elsewhere, cache.inspect(elsewhere).orElseThrow().version()));
    assertEquals(List.of(), known());
    assertFalse(cache.store(elsewhere, VALUE, Lifetime.FOREVER, Precondition.PRESENT));
    assertEquals(List.of(), known());
  }
}

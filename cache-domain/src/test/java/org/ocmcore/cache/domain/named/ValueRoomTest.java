package org.ocmcore.cache.domain.named;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.Bench;

/** What is asked for before values are read. */
class ValueRoomTest {
  private static final CacheKey KEY = CacheKey.of("k");

  private final Bench bench = new Bench();
  private final KeyRouter router = bench.named;

  private void put() {
    bench.cache.put(
        bench.cache.place(KEY).server(), new CacheEntry(KEY, CacheValue.ofText("v"), Expiry.NEVER));
  }

  /** Has room for some items, and notes what they may have and have. */
  private static final class Room implements ValueMemory {
    private final List<String> noted = new ArrayList<>();
    private int left;

    Room(int left) {
      this.left = left;
    }

    @Override
    public int room(long... sizes) {
      int some = Math.min(left, sizes.length);
      left -= some;
      noted.add("room for " + Arrays.toString(sizes));
      return some;
    }

    @Override
    public void arrived(long size) {
      noted.add("arrived " + size);
    }
  }

  @Test
  void anUnknownItemMayBeAsLargeAsAny() {
    put();
    long size = bench.cache.read(KEY).orElseThrow().size();
    Room unknown = new Room(1);
    router.read(KEY, unknown);
    assertEquals(List.of("room for [1048576]", "arrived " + size), unknown.noted);
    bench.tracker.fresh();
    Room known = new Room(1);
    router.read(KEY, known);
    assertEquals(List.of("room for [" + size + "]", "arrived " + size), known.noted);
    // It may have grown since the walk, as changes are not followed.
    Room listed = new Room(1);
    router.values(List.of(KEY), 32, listed);
    assertEquals(unknown.noted, listed.noted);
  }

  @Test
  void keysWithoutRoomStayUnread() {
    put();
    List<CacheKey> others = List.of(CacheKey.of("a"), CacheKey.of("b"));
    List<CacheKey> keys = List.of(KEY, others.get(0), others.get(1));
    Room room = new Room(1);
    NamedValues values = router.values(keys, 32, room);
    assertEquals(1, values.entries().size());
    assertEquals(others, values.unread());
    assertEquals("room for [1048576, 1048576, 1048576]", room.noted.get(0));
    bench.tracker.fresh();
    List<KeyInfo> found = List.of(bench.tracker.known(KEY).orElseThrow());
    assertEquals(0, router.values(found, new Room(0)).asked());
    assertEquals(1, router.values(found, new Room(1)).entries().size());
  }
}

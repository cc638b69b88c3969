package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

class KeyIndexTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private static KeyInfo key(String key, String server, long size) {
    return new KeyInfo(CacheKey.of(key), Expiry.NEVER, size, 0, false, server);
  }

  private static KeyInfo key(String key, String server) {
    return key(key, server, 60);
  }

  /** Every key belongs on server b. */
  private static KeyIndex indexOf(KeyInfo... met) {
    List<KeyInfo> list = new ArrayList<>(List.of(met));
    return KeyIndex.of(list, key -> new PlacedKey(key, "b"), NOON, List.of());
  }

  @Test
  void keysAreAscendingByBytesWhateverTheOrderInWhichTheyWereMet() {
    List<KeyInfo> ascending = new ArrayList<>(IntStream.range(0, 1_000)
        .mapToObj(i -> key("k" + i, "b"))
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .toList());
    List<KeyInfo> met = new ArrayList<>(ascending);
    Collections.shuffle(met, new Random(1));
    assertEquals(ascending, indexOf(met.toArray(KeyInfo[]::new)).keys());
  }

  @Test
  void aKeyThatWasMetTwiceIsThereOnceAsItWasMetLast() {
    KeyIndex index = indexOf(key("a", "b", 1), key("c", "b"), key("a", "b", 2));
    assertEquals(List.of(key("a", "b", 2), key("c", "b")), index.keys());
    assertEquals(List.of(), index.strays());
  }

  @Test
  void ofCopiesOnSeveralServersTheOneAtHomeCounts() {
    KeyIndex index = indexOf(key("k", "c"), key("k", "a"), key("k", "b"));
    assertEquals(List.of(key("k", "b")), index.keys());
    assertEquals(List.of(key("k", "a"), key("k", "c")), index.strays());
  }

  @Test
  void aKeyThatIsNotAtHomeIsFoundWhereItIs() {
    KeyIndex index = indexOf(key("k", "c"), key("k", "a"));
    assertEquals(List.of(key("k", "a")), index.keys());
    assertEquals(List.of(key("k", "c")), index.strays());
  }

  @Test
  void aStrayThatWasMetTwiceIsThereOnce() {
    KeyIndex index = indexOf(
        key("k", "a"), key("k", "a"), key("k", "b"), key("k", "b"), key("k", "c"), key("k", "c"));
    assertEquals(List.of(key("k", "b")), index.keys());
    assertEquals(List.of(key("k", "a"), key("k", "c")), index.strays());
  }

  @Test
  void aKeyIsFoundByItsBytes() {
    KeyIndex index = indexOf(key("a", "b"), key("c", "b"), key("e", "b"));
    for (String present : List.of("a", "c", "e")) {
      assertEquals(Optional.of(key(present, "b")), index.find(CacheKey.of(present)));
    }
    for (String absent : List.of("A", "b", "d", "f", "aa")) {
      assertEquals(Optional.empty(), index.find(CacheKey.of(absent)));
    }
    assertEquals(Optional.empty(), indexOf().find(CacheKey.of("a")));
  }

  @Test
  void itIsCompleteIfNoServerFailed() {
    StoreUnavailable failure = new StoreUnavailable("a", "walk", "connection refused");
    KeyIndex partial =
        KeyIndex.of(new ArrayList<>(), key -> new PlacedKey(key, "b"), NOON, List.of(failure));
    assertFalse(partial.isComplete());
    assertEquals(List.of(failure), partial.failures());
    assertTrue(indexOf().isComplete());
    assertEquals(NOON, indexOf().asOf());
  }

  @Test
  void nobodyCanChangeIt() {
    KeyIndex index = indexOf(key("a", "b"));
    assertThrows(UnsupportedOperationException.class, () -> index.keys().clear());
    assertThrows(UnsupportedOperationException.class, () -> index.strays().add(key("z", "b")));
  }
}

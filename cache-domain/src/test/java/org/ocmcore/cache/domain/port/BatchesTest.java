package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

class BatchesTest {
  private static KeyInfo sized(long size) {
    return new KeyInfo(CacheKey.of("k"), Expiry.NEVER, size, 0, false, "a:1");
  }

  private static List<List<KeyInfo>> batches(List<KeyInfo> keys) {
    List<List<KeyInfo>> batches = new ArrayList<>();
    Batches.of(keys).forEach(batches::add);
    return batches;
  }

  private static List<Integer> lengths(List<KeyInfo> keys) {
    return batches(keys).stream().map(List::size).toList();
  }

  private static List<Integer> lengths(Long... sizes) {
    return lengths(Arrays.stream(sizes).map(BatchesTest::sized).toList());
  }

  @Test
  void noKeysMakeNoBatch() {
    assertEquals(List.of(), batches(List.of()));
  }

  @Test
  void aBatchHasAtMost1000Keys() {
    assertEquals(List.of(1_000), lengths(Collections.nCopies(1_000, sized(1))));
    assertEquals(List.of(1_000, 1_000, 1), lengths(Collections.nCopies(2_001, sized(1))));
  }

  @Test
  void aBatchHasAtMostFourMebibytes() {
    long half = Batches.MAX_BYTES / 2;
    assertEquals(List.of(2, 1), lengths(half, half, 1L));
    assertEquals(List.of(1, 2), lengths(half, half + 1, 1L));
  }

  @Test
  void anItemThatIsLargerGoesAlone() {
    long huge = Batches.MAX_BYTES + 1;
    assertEquals(List.of(1), lengths(huge));
    assertEquals(List.of(1, 1, 1, 1), lengths(1L, huge, huge, 1L));
  }

  @Test
  void keysAreTakenAsBatchesAreAskedFor() {
    Iterator<KeyInfo> endless = Stream.generate(() -> sized(1)).iterator();
    Iterator<List<KeyInfo>> batches = Batches.of(() -> endless).iterator();
    assertEquals(1_000, batches.next().size());
    assertEquals(1_000, batches.next().size());
  }

  @Test
  void thereIsNoBatchBehindTheLast() {
    Iterator<List<KeyInfo>> batches = Batches.of(List.of(sized(1))).iterator();
    batches.next();
    assertThrows(NoSuchElementException.class, batches::next);
  }

  @Test
  void placedKeysKeepTheirServers() {
    assertEquals(
        List.of(new PlacedKey(CacheKey.of("k"), "a:1")), Batches.placed(List.of(sized(1))));
  }
}

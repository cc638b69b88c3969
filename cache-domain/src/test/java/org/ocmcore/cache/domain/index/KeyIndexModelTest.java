package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch.Kind;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

class KeyIndexModelTest extends KeyIndexFixture {
  @RepeatedTest(20)
  void holdsWhatAModelHoldsWhateverIsHeard(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int round = 0; round < 30; round++) {
      clock.advance(Duration.ofSeconds(20));
      switch (random.nextInt(6)) {
        case 0 -> events(random, 1);
        case 1, 2 -> events(random, random.nextInt(3_000));
        case 3, 4 -> walk(random);
        default -> removals(random);
      }
      assertModel(random);
    }
  }

  private void removals(Random random) {
    int share = 1 + random.nextInt(4);
    ChangeBatch changes = live.newBatch();
    List<KeyInfo> gone =
        model.values().stream().filter(info -> random.nextInt(4) < share).toList();
    gone.forEach(info -> changes.add(Kind.REMOVED, info, LiveIndex.micros(clock.instant())));
    gone.forEach(info -> model.remove(info.placed()));
    live.merge(changes);
  }

  private void assertModel(Random random) {
    Instant now = clock.instant();
    List<KeyInfo> all =
        model.values().stream().filter(info -> !info.expiry().isPast(now)).toList();
    assertEquals(all, copies());
    List<KeyInfo> primary =
        primaries().stream().filter(info -> !info.expiry().isPast(now)).toList();
    assertEquals(primary, keys());
    for (int i = 0; i < 5; i++) {
      KeyRange range = anyRange(random);
      List<KeyInfo> inRange =
          primary.stream().filter(info -> range.contains(info.key().bytes())).toList();
      assertEquals(inRange, listed(index().cursor(range, now)));
      assertEquals(sums(inRange), index().sum(range, now));
      List<KeyRange> parts = index().split(range, 1 + random.nextInt(9));
      assertEquals(
          inRange,
          parts.stream()
              .flatMap(part -> listed(index().cursor(part, now)).stream())
              .toList());
      assertSumBelow(random, range, inRange);
    }
    for (KeyInfo info : primary.subList(0, Math.min(20, primary.size()))) {
      assertEquals(Optional.of(info), index().find(info.key(), now));
    }
  }

  /** The copy of each key at home, or else the first. */
  private List<KeyInfo> primaries() {
    Map<CacheKey, KeyInfo> primary = new TreeMap<>();
    for (KeyInfo info : model.values()) {
      primary.merge(info.key(), info, (first, next) -> next.server().equals("b:1") ? next : first);
    }
    return List.copyOf(primary.values());
  }

  private static KeyRange anyRange(Random random) {
    KeyRange range = KeyRange.prefix(prefix(anyKey(random), random.nextInt(3)));
    if (random.nextInt(3) == 0) {
      range = range.after(anyKey(random));
    }
    return random.nextInt(3) == 0 ? range.before(anyKey(random).bytes()) : range;
  }

  private static RangeSummary sums(List<KeyInfo> keys) {
    return new RangeSummary(
        keys.size(),
        keys.stream().mapToLong(KeyInfo::size).sum(),
        keys.stream().filter(key -> key.expiry().isNever()).count());
  }

  private void assertSumBelow(Random random, KeyRange range, List<KeyInfo> inRange) {
    KeyCursor cursor = index().cursor(range, clock.instant());
    int steps = inRange.isEmpty() ? 0 : random.nextInt(inRange.size());
    for (int i = 0; i < steps; i++) {
      assertTrue(cursor.next());
    }
    byte[] bound = anyKey(random).bytes();
    List<KeyInfo> rest = inRange.subList(Math.max(0, steps - 1), inRange.size());
    List<KeyInfo> below = rest.stream()
        .filter(info -> Arrays.compareUnsigned(info.key().bytes(), bound) < 0)
        .toList();
    assertEquals(sums(below), cursor.sumBelow(bound));
    List<KeyInfo> behind = below.isEmpty() && steps > 0
        ? inRange.subList(steps, inRange.size())
        : rest.subList(below.size(), rest.size());
    if (!below.isEmpty() || steps == 0) {
      assertEquals(behind, listed(cursor));
    }
  }
}

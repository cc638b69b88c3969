package org.ocmcore.cache.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/** With more keys than a chunk of positions holds. */
class FoundKeysTest {
  private static final int COUNT = 20_000;

  private final Sample sample = new Sample()
      .add(IntStream.range(0, COUNT).mapToObj("k%05d"::formatted).toArray(String[]::new));
  private final KeyIndex index = sample.index();
  private final FoundKeys every = FoundKeys.all(index, sample.now());
  private final FoundKeys odd = FoundKeys.at(
      () -> index.cursor(KeyRange.ALL, sample.now()),
      List.of(new Positions(), odd(0, 1), new Positions(), odd(2, COUNT), new Positions()));

  private Positions odd(int from, int to) {
    Positions positions = new Positions();
    KeyCursor cursor = index.cursor(KeyRange.ALL, sample.now());
    for (int i = 0; cursor.next(); i++) {
      if (i >= from && i < to && i % 2 == (from == 0 ? 0 : 1)) {
        positions.add(cursor.position());
      }
    }
    return positions;
  }

  private static List<String> names(FoundKeys keys) {
    return keys.stream().map(key -> key.key().toString()).toList();
  }

  private static List<String> expected() {
    return IntStream.range(0, COUNT)
        .filter(i -> i == 0 || i > 2 && i % 2 == 1)
        .mapToObj("k%05d"::formatted)
        .toList();
  }

  @Test
  void theyAreGoneOverAgainAndAgain() {
    for (int i = 0; i < 2; i++) {
      assertEquals(sample.all(), every.stream().toList());
      assertEquals(expected(), names(odd));
    }
    List<String> visited = new ArrayList<>();
    odd.visit(key -> visited.add(key.key().toString()));
    assertEquals(expected(), visited);
  }

  @Test
  void theyKnowHowManyThereAre() {
    assertEquals(COUNT, every.size());
    assertEquals(expected().size(), odd.size());
    assertFalse(odd.isEmpty());
    assertTrue(FoundKeys.at(() -> null, List.of()).isEmpty());
    Iterator<KeyInfo> last = every.limitedTo(1).iterator();
    last.next();
    assertThrows(NoSuchElementException.class, last::next);
  }

  @Test
  void theFirstOfThemAreAsTheyWere() {
    for (int most : new int[] {1, 2, 8_191, 8_192, 8_193, 8_194, COUNT}) {
      List<String> some = expected().subList(0, Math.min(most, expected().size()));
      assertEquals(some, names(odd.limitedTo(most)));
      assertEquals(
          Optional.of(some.get(some.size() - 1)),
          odd.limitedTo(most).last().map(key -> key.key().toString()));
      assertEquals(
          Optional.of("k%05d".formatted(most - 1)),
          every.limitedTo(most).last().map(key -> key.key().toString()));
    }
  }

  @Test
  void manyAreFoundInOneGo() {
    assertEquals(
        COUNT / 10,
        sample.finder().page(KeyQuery.matching(KeyPattern.of("7$"))).keys().size());
  }
}

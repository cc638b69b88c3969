package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "rate, rate, 0",
    "rat, rate, 1",
    "rates, rate, 1",
    "date, rate, 1",
    "arte, rate, 2",
    "'', rate, 4",
    "kitten, sitting, 3"
  })
  void theDistanceIsTheNumberOfEdits(String one, String other, int edits) {
    assertEquals(edits, Spelling.distance(one, other));
    assertEquals(edits, Spelling.distance(other, one));
  }

  @Test
  void theNearestNameNeedsFewestChanges() {
    assertEquals("prefix", Spelling.nearest("prefx", List.of("pattern", "prefix", "app")));
  }
}

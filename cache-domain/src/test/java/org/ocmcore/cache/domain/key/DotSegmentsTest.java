package org.ocmcore.cache.domain.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DotSegmentsTest {
  private static final Pattern ONE = Pattern.compile("(^|[/\\\\])\\.{1,2}($|[/\\\\;])");

  private static boolean areIn(String path, int from, int to) {
    return DotSegments.areIn(path.getBytes(StandardCharsets.ISO_8859_1), from, to);
  }

  @Test
  void theyAreFoundAsByAPattern() {
    Random random = new Random(1);
    int found = 0;
    for (int i = 0; i < 300_000; i++) {
      StringBuilder path = new StringBuilder();
      for (int left = random.nextInt(24); left > 0; left--) {
        path.append("....//\\;aaaaaaaa".charAt(random.nextInt(16)));
      }
      boolean isThere = ONE.matcher(path).find();
      found += isThere ? 1 : 0;
      assertEquals(isThere, areIn(path.toString(), 0, path.length()), path.toString());
    }
    assertTrue(found > 30_000 && found < 270_000, "found " + found);
  }

  @Test
  void onlyThePartCounts() {
    assertFalse(areIn("a/..b", 0, 5));
    assertTrue(areIn("a/..b", 0, 4));
    assertFalse(areIn("b..", 0, 3));
    assertTrue(areIn("b..", 1, 3));
    assertFalse(areIn("..", 1, 1));
  }
}

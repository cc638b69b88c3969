package org.ocmcore.cache.domain.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomIdTest {
  @Test
  void idsHaveOneLengthAndAreAllDifferent() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String id = RandomId.next();
      assertTrue(id.matches("[0-9a-v]{16}"), id);
      seen.add(id);
    }
    assertEquals(10_000, seen.size());
  }
}

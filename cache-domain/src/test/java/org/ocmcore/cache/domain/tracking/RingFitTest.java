package org.ocmcore.cache.domain.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RingFitTest {
  @Test
  void anotherRingMayFit() {
    RingFit fit =
        new RingFit("ketama", 1_000, Map.of("modulo", 250, "ketama", 349, "dalli", 1_000));
    assertEquals(Optional.of("dalli"), fit.fitting());
    assertFalse(fit.isCurrentFitting());
    assertEquals(List.of("dalli", "ketama", "modulo"), List.copyOf(fit.matches().keySet()));
    assertEquals(
        "of 1,000 keys sampled, 1,000 are where the ring dalli puts them, 34 % where ketama does",
        fit.sentence());
  }

  @Test
  void theRingInUseMayFit() {
    RingFit fit = new RingFit("ketama", 60, Map.of("ketama", 60, "dalli", 60));
    assertTrue(fit.isCurrentFitting());
    assertEquals(
        "of 60 keys sampled, 60 are where the ring ketama puts them, which is in use",
        fit.sentence());
  }

  @Test
  void fewMisplacedKeysAreNoMatter() {
    assertEquals(Optional.of("dalli"), new RingFit("dalli", 100, Map.of("dalli", 95)).fitting());
    assertEquals(Optional.empty(), new RingFit("dalli", 100, Map.of("dalli", 94)).fitting());
  }

  @Test
  void noRingMayFit() {
    assertEquals(
        "of 100 keys sampled, 60 are where the ring dalli puts them, 40 % where ketama does:"
            + " no ring fits",
        new RingFit("ketama", 100, Map.of("dalli", 60, "ketama", 40)).sentence());
    assertEquals(
        "of 100 keys sampled, 40 are where the ring ketama puts them: no ring fits",
        new RingFit("ketama", 100, Map.of("dalli", 30, "ketama", 40)).sentence());
  }

  @Test
  void theRingInUseIsAmongTheCompared() {
    assertThrows(
        IllegalArgumentException.class, () -> new RingFit("modulo", 100, Map.of("dalli", 1)));
  }
}

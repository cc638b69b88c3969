package org.ocmcore.cache.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShapeTest {
  private static final int MANY = 100_000;

  private static Map<Duration, Long> lifetimes(Shape shape) {
    return LongStream.range(0, MANY)
        .mapToObj(shape::ttl)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void lifetimesAreAsCommonAsTheirShares() {
    for (Shape shape : Shapes.CLUSTERS) {
      Map<Duration, Long> counted = lifetimes(shape);
      double all = shape.ttls().stream().mapToDouble(TtlShare::share).sum();
      for (TtlShare ttl : shape.ttls()) {
        double expected = MANY * ttl.share() / all;
        assertEquals(expected, counted.get(ttl.ttl()), MANY * 0.01, shape + " " + ttl);
      }
      assertEquals(shape.ttls().size(), counted.size());
    }
  }

  @Test
  void anItemHasTheSameLifetimeEveryTime() {
    Shape shape = Shapes.CLUSTERS.get(2);
    LongStream.range(0, 1_000).forEach(i -> assertEquals(shape.ttl(i), shape.ttl(i)));
  }

  @Test
  void theUniformShapeNeverExpires() {
    assertEquals(Map.of(Duration.ZERO, (long) MANY), lifetimes(Shapes.UNIFORM));
    assertTrue(Shapes.UNIFORM.outlasts(Duration.ofDays(10_000)));
    assertEquals(30, Shapes.UNIFORM.keyBytes());
  }

  @Test
  void itOutlastsWhatItsShortestLifetimeOutlasts() {
    Shape shape = new Shape(
        "two", 20, 1, List.of(new TtlShare(Duration.ofSeconds(60), 1), TtlShare.never()), 0);
    assertTrue(shape.outlasts(Duration.ofSeconds(59)));
    assertFalse(shape.outlasts(Duration.ofSeconds(60)));
  }

  @Test
  void clustersAreOfAllSorts() {
    assertTrue(Shapes.CLUSTERS.size() >= 5);
    assertTrue(Shapes.CLUSTERS.stream().anyMatch(shape -> shape.valueBytes() < 50));
    assertTrue(Shapes.CLUSTERS.stream().anyMatch(shape -> shape.valueBytes() > 5_000));
    assertTrue(Shapes.CLUSTERS.stream().anyMatch(shape -> shape.writes() >= 0.5));
    assertTrue(Shapes.CLUSTERS.stream().anyMatch(shape -> !shape.outlasts(Duration.ofSeconds(60))));
    assertTrue(Shapes.CLUSTERS.stream().anyMatch(shape -> shape.outlasts(Duration.ofDays(29))));
  }

  @Test
  void nonsenseIsRefused() {
    List<TtlShare> never = List.of(TtlShare.never());
    assertThrows(IllegalArgumentException.class, () -> new Shape("x", 15, 1, never, 0));
    assertThrows(IllegalArgumentException.class, () -> new Shape("x", 20, -1, never, 0));
    assertThrows(IllegalArgumentException.class, () -> new Shape("x", 20, 1, List.of(), 0));
    assertThrows(IllegalArgumentException.class, () -> new Shape("x", 20, 1, never, 1.1));
    assertThrows(IllegalArgumentException.class, () -> new TtlShare(Duration.ofSeconds(-1), 1));
    assertThrows(IllegalArgumentException.class, () -> new TtlShare(Duration.ZERO, 0));
  }
}

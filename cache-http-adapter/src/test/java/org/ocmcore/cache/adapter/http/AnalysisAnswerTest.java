package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.query.Analysis;

class AnalysisAnswerTest {
  private static String name(Duration bound) {
    if (bound.toHours() == 0) {
      return bound.toMinutes() + "m";
    }
    return bound.toDays() == 0 ? bound.toHours() + "h" : bound.toDays() + "d";
  }

  @Test
  void eachGroupIsNamedForItsBound() {
    List<Duration> bounds = Analysis.Spread.BOUNDS;
    List<Analysis.Amount> under = IntStream.range(0, bounds.size())
        .mapToObj(index -> new Analysis.Amount(index, 0))
        .toList();
    Analysis.Spread spread =
        new Analysis.Spread(under, new Analysis.Amount(99, 0), new Analysis.Amount(0, 0));
    String groups = IntStream.range(0, bounds.size())
        .mapToObj(index ->
            "\"under_%s\":{\"keys\":%d,\"bytes\":0}".formatted(name(bounds.get(index)), index))
        .collect(Collectors.joining(","));
    String last = name(bounds.get(bounds.size() - 1));
    assertEquals(
        "{%s,\"over_%s\":{\"keys\":99,\"bytes\":0}}".formatted(groups, last),
        Json.mapper().writeValueAsString(AnalysisAnswer.Spread.of(spread)));
  }
}

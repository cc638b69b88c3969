package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.MetadumpDrain;

/** A walk, beside a bare socket that reads the same metadump and throws it away. */
final class WalkSuite implements Suite {
  private static final double MOST_TIMES = 1.5;

  @Override
  public void run(Stage stage, Scores scores) throws IOException {
    try (MetadumpDrain drain = new MetadumpDrain(stage.memcached().port())) {
      // The service walks by itself, and a server is walked by one at a time.
      stage.closeService();
      try (IndexWalk walk = new IndexWalk(stage.memcached().address())) {
        scores.measure(Comparison.of(
                "walk into the index",
                Unit.SECONDS,
                () -> walk.seconds(stage.least(), stage.count()))
            .against("bare socket", drain::seconds)
            .target(stage.atYardstick(Target.ratioAtMost(MOST_TIMES))));
      }
    }
  }
}

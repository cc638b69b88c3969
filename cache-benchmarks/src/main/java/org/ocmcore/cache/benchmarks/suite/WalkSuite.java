package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.MetadumpDrain;

/** A walk into the index, against a bare socket that reads the same metadump. */
final class WalkSuite implements Suite {
  private static final double MAX_RATIO = 1.5;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws IOException {
    // memcached serves one metadump at a time, and the service walks by itself.
    testbed.stopService();
    try (MetadumpDrain drain = new MetadumpDrain(testbed.memcached().port());
        IndexWalk walk = new IndexWalk(testbed.memcached().address())) {
      runner.run(
          Comparison.of("walk into the index", Unit.SECONDS, () -> walk.seconds(testbed.count()))
              .against("bare socket", drain::seconds)
              .target(testbed.atTargetKeys(Target.ratioAtMost(MAX_RATIO))));
    }
  }
}

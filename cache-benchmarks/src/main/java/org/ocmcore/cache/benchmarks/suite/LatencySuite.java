package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Duration;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.MetadumpDrain;
import org.ocmcore.cache.benchmarks.peer.OrdinaryClient;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;

/** How long a client's single gets take while the server is walked without pause. */
final class LatencySuite implements Suite {
  private static final Duration SAMPLE = Duration.ofSeconds(1);

  @Override
  public void run(Stage stage, Scores scores) throws IOException {
    int port = stage.memcached().port();
    ServiceClient api = stage.service().client();
    Probe.Work ourWalk = () -> api.get("keys/?limit=1&fresh=true");
    try (OrdinaryClient client = new OrdinaryClient(port, stage.shape(), stage.count());
        MetadumpDrain drain = new MetadumpDrain(port)) {
      for (int percent : new int[] {50, 99}) {
        Probe quiet = () -> client.latencies(SAMPLE).percentile(percent);
        Probe walked = beside(ourWalk, quiet);
        String what = "p" + percent + " of single gets, walked without pause";
        scores.measure(Comparison.of(what, Unit.SECONDS, walked).against("quiet", quiet));
        if (percent == 99) {
          scores.measure(Comparison.of(what + ", again", Unit.SECONDS, walked)
              .against("walked by a bare socket", beside(drain::seconds, quiet)));
        }
      }
    }
  }

  private static Probe beside(Probe.Work work, Probe measured) {
    return () -> {
      try (Restless restless = new Restless(work)) {
        double sample = measured.measure();
        // What failed on the way is told when it is closed.
        return restless.isOver() ? Double.NaN : sample;
      }
    };
  }
}

package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.MetadumpDrain;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;

/** A walk that somebody asks for over HTTP and waits for, beside a bare socket. */
final class FreshSuite implements Suite {
  @Override
  public void run(Stage stage, Scores scores) throws IOException {
    ServiceClient client = stage.service().client();
    try (MetadumpDrain drain = new MetadumpDrain(stage.memcached().port())) {
      scores.measure(Comparison.of(
              "a walk over HTTP: one key, fresh=true",
              Unit.SECONDS,
              () -> client
                  .get("keys/?limit=1&fresh=true")
                  .with("total_keys", stage.least(), stage.count())
                  .seconds())
          .against("bare socket", drain::seconds));
    }
  }
}

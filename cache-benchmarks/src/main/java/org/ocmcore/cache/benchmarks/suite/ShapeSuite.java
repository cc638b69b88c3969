package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.MetadumpDrain;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;

/** A few figures that depend on the shape of items. */
final class ShapeSuite implements Suite {
  @Override
  public void run(Stage stage, Scores scores) throws IOException {
    try (MetadumpDrain drain = new MetadumpDrain(stage.memcached().port());
        IndexWalk walk = new IndexWalk(stage.memcached().address())) {
      scores.measure(Comparison.of(
              "walk into the index", Unit.SECONDS, () -> walk.seconds(stage.least(), stage.count()))
          .against("bare socket", drain::seconds));
    }
    ServiceClient client = stage.service().client();
    scores.measure(FindSuite.regex(stage, "regex", client, FindSuite.NO_LITERAL, ""));
    scores.measure(
        Comparison.of("analysis", Unit.SECONDS, () -> client.get("analysis/").seconds()));
    if (stage.least() == stage.count()) {
      scores.measure(HeapSuite.atRest(stage));
      try (BareClient bare = new BareClient(stage.memcached().port(), stage.shape())) {
        scores.measure(BulkSuite.refresh("refresh of all by pattern", stage, client, bare));
      }
    }
  }
}

package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/** What the keys take in the service's memory. */
final class HeapSuite implements Suite {
  private static final double MOST_BYTES = 100;
  private static final int LOOKS = 6;

  @Override
  public void run(Stage stage, Scores scores) {
    scores.measure(atRest(stage));
    scores.measure(Comparison.of(
            "heap while it is rebuilt, the most seen",
            Unit.BYTES_PER_KEY,
            () -> mostWhileWalking(stage) / (double) stage.count())
        .once());
    scores.measure(Comparison.of(
            "memory of the whole process, its peak",
            Unit.BYTES,
            () -> stage.service().peakResidentBytes())
        .once());
  }

  /** The bytes of heap for each key when nothing happens. */
  static Comparison atRest(Stage stage) {
    return Comparison.of(
            "heap at rest", Unit.BYTES_PER_KEY, () -> stage.indexBytes() / (double) stage.count())
        .target(
            stage.shape() == Shapes.UNIFORM
                ? Target.atMost(Unit.BYTES_PER_KEY, MOST_BYTES)
                : Target.NONE)
        .once();
  }

  /** Looks now and then at what is really in use while walks follow each other. */
  private static long mostWhileWalking(Stage stage) throws IOException {
    ServiceProcess service = stage.service();
    ServiceClient client = service.client();
    long most = 0;
    try (Restless walks = new Restless(() -> client.get("keys/?limit=1&fresh=true"))) {
      for (int i = 0; i < LOOKS && !walks.isOver(); i++) {
        most = Math.max(most, service.liveHeapBytes());
      }
    }
    return most - stage.emptyHeap();
  }
}

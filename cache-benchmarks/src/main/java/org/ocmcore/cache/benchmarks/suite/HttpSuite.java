package org.ocmcore.cache.benchmarks.suite;

import java.time.Duration;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.HttpLoad;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/** Single keys over HTTP from the embedded store, beside Javalin with the same answer at hand. */
final class HttpSuite implements Suite {
  private static final String CONSTANT = "constant";
  private static final String PATH = "key/app:1/";
  private static final int CONNECTIONS = 8;
  private static final int HEAP_MIB = 256;
  private static final double LEAST_RATE = 0.8;
  private static final double MOST_P99 = 3;
  /** Until what answers has been compiled, which takes some 200,000 requests. */
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  private static final Duration SAMPLE = Duration.ofMillis(250);

  @Override
  public void run(Stage stage, Scores scores) throws Exception {
    String value = "v".repeat(stage.shape().valueBytes());
    try (ServiceProcess service = stage.startInMemory(HEAP_MIB)) {
      ServiceClient api = service.client();
      api.post(PATH, "{\"value\": \"%s\"}".formatted(value));
      String answer = api.get(PATH).text();
      try (ServiceProcess constant =
              ServiceProcess.ofConstant(stage.newFolder("constant"), HEAP_MIB, answer);
          HttpLoad ours = service.load(PATH, CONNECTIONS);
          HttpLoad theirs = constant.load(PATH, CONNECTIONS)) {
        theirs.seconds(WARM_UP);
        ours.seconds(WARM_UP);
        scores.measure(Comparison.of(
                "GET key/{key}/, %d connections".formatted(CONNECTIONS),
                Unit.PER_SECOND,
                perSecond(ours))
            .against(CONSTANT, perSecond(theirs))
            .target(Target.ratioAtLeast(LEAST_RATE)));
        scores.measure(Comparison.of("p99 of GET key/{key}/", Unit.SECONDS, p99(ours))
            .against(CONSTANT, p99(theirs))
            .target(Target.ratioAtMost(MOST_P99)));
      }
    }
  }

  private static Probe perSecond(HttpLoad load) {
    return () -> load.seconds(SAMPLE).size() / (SAMPLE.toNanos() / 1e9);
  }

  private static Probe p99(HttpLoad load) {
    return () -> load.seconds(SAMPLE).percentile(99);
  }
}

package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Duration;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.ApiClient;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.OrdinaryClient;

/** Changes of all keys by pattern, over HTTP, beside a bare client that makes the same changes. */
final class BulkSuite implements Suite {
  private static final String PATH = "pattern/manage/";
  private static final String BARE = "bare client";
  private static final double MOST_TIMES = 2;
  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final long LIFETIME = 86_400;

  @Override
  public void run(Stage stage, Scores scores) throws Exception {
    try (Stage items = stage.other(Shapes.DUMPED, stage.count());
        BareClient bare = new BareClient(items.memcached().port(), items.shape())) {
      ApiClient api = items.service().client();
      refresh(items, api, bare, scores);
      latency(items, api, scores);
      delete(items, api, bare, scores);
    }
  }

  private static void refresh(Stage items, ApiClient api, BareClient bare, Scores scores) {
    long count = items.count();
    scores.measure(Comparison.of(
            "refresh of all by pattern",
            Unit.SECONDS,
            () -> api.put(PATH, refreshing(".", ""))
                .with("refreshed_count", count)
                .seconds())
        .against(BARE, () -> bare.touchSeconds(count, LIFETIME))
        .target(items.atYardstick(Target.ratioAtMost(MOST_TIMES))));
  }

  private static String refreshing(String pattern, String more) {
    return "{\"pattern\": \"%s\", \"timeout\": %d%s}".formatted(pattern, LIFETIME, more);
  }

  private static void latency(Stage items, ApiClient api, Scores scores) throws IOException {
    try (OrdinaryClient client =
        new OrdinaryClient(items.memcached().port(), items.shape(), items.count())) {
      Probe quiet = () -> client.latencies(SAMPLE).percentile(99);
      // As a service that has run for a while: what goes on at such a pace has been compiled.
      api.put(PATH, refreshing("[0-7]$", ", \"rate\": 50000"));
      // So many keys that one takes about as long as a sample.
      p99(50_000, "7$", 3, api, quiet, items, scores);
      p99(10_000, "7[0-3]$", 1.5, api, quiet, items, scores);
    }
  }

  private static void p99(
      long rate,
      String pattern,
      double most,
      ApiClient api,
      Probe quiet,
      Stage items,
      Scores scores) {
    Probe beside = () -> {
      try (Restless restless =
          new Restless(() -> api.put(PATH, refreshing(pattern, ", \"rate\": " + rate)))) {
        double sample = quiet.measure();
        return restless.isOver() ? Double.NaN : sample;
      }
    };
    scores.measure(Comparison.of(
            "p99 of single gets beside a refresh of %,d keys a second".formatted(rate),
            Unit.SECONDS,
            beside)
        .against("quiet", quiet)
        .target(items.atYardstick(Target.ratioAtMost(most))));
  }

  private static void delete(Stage items, ApiClient api, BareClient bare, Scores scores) {
    long count = items.count();
    scores.measure(Comparison.of("delete of all by pattern", Unit.SECONDS, () -> {
          bare.storeSeconds(count);
          // What was stored so fast the feed may not have told whole.
          api.get("keys/?limit=1&fresh=true").with("total_keys", count);
          return api.delete(PATH, "{\"pattern\": \".\"}")
              .with("deleted_count", count)
              .seconds();
        })
        .against(BARE, () -> {
          bare.storeSeconds(count);
          return bare.deleteSeconds(count);
        })
        .target(items.atYardstick(Target.ratioAtMost(MOST_TIMES))));
  }
}

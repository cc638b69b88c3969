package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.OrdinaryClient;
import org.ocmcore.cache.benchmarks.peer.RewrittenSet;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;

/**
 * Changes by pattern, over HTTP, beside a bare client that makes the same changes, and beside what
 * the older system did.
 */
final class BulkSuite implements Suite {
  private static final String PATH = "pattern/manage/";
  private static final String BARE = "bare client";
  private static final double MOST_TIMES = 2;
  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  /** A second has a bad moment or none. */
  private static final int ROUNDS = 7;

  private static final List<Beside> BESIDE =
      List.of(new Beside(50_000, 3), new Beside(10_000, 1.5));

  /** So much of the rate must have been reached for a sample to count. */
  private static final double LEAST_SHARE = 0.9;

  private static final long LIFETIME = 86_400;

  /** As many keys as one item can tell of, and half of them, which shows how it grows. */
  private static final int[] FEW = {5_000, 10_000};

  @Override
  public void run(Stage stage, Scores scores) throws Exception {
    try (Stage items = stage.other(Shapes.DUMPED, stage.count());
        BareClient bare = new BareClient(items.memcached().port(), items.shape())) {
      ServiceClient api = items.service().client();
      scores.measure(refresh("refresh of all by pattern", items, api, bare)
          .target(items.atYardstick(Target.ratioAtMost(MOST_TIMES))));
      latency(items, api, scores);
      delete(items, api, bare, scores);
      deleteFew(items, api, bare, scores);
    }
  }

  /** Gives every item of a stage another lifetime. */
  static Comparison refresh(String what, Stage items, ServiceClient api, BareClient bare) {
    long count = items.count();
    return Comparison.of(
            what,
            Unit.SECONDS,
            () -> api.put(PATH, refreshing(".", ""))
                .with("refreshed_count", count)
                .seconds())
        .against(BARE, () -> bare.touchSeconds(count, LIFETIME));
  }

  private static String refreshing(String pattern, String more) {
    return "{\"pattern\": \"%s\", \"timeout\": %d%s}".formatted(pattern, LIFETIME, more);
  }

  private static void latency(Stage items, ServiceClient api, Scores scores) throws Exception {
    try (OrdinaryClient client =
        new OrdinaryClient(items.memcached().port(), items.shape(), items.count())) {
      // As a service that has run for a while: what goes on at such a pace has been compiled.
      p99Beside(BESIDE.get(0), WARM_UP, api, client).measure();
      for (Beside beside : BESIDE) {
        scores.measure(Comparison.of(
                "p99 of single gets beside a refresh of %,d keys a second".formatted(beside.rate),
                Unit.SECONDS,
                p99Beside(beside, SAMPLE, api, client))
            .against("quiet", () -> client.latencies(SAMPLE).percentile(99))
            .rounds(ROUNDS)
            .target(items.atYardstick(Target.ratioAtMost(beside.most))));
      }
    }
  }

  private static Probe p99Beside(
      Beside beside, Duration time, ServiceClient api, OrdinaryClient client) {
    String all = refreshing(".", ", \"rate\": " + beside.rate);
    return () -> {
      try (RunningJob job = RunningJob.ofRefresh(api, PATH, all)) {
        long before = job.done();
        double sample = client.latencies(time).percentile(99);
        long done = job.done() - before;
        if (done < LEAST_SHARE * beside.rate * time.toSeconds()) {
          throw new IOException("it refreshed %,d keys in %s".formatted(done, time));
        }
        return sample;
      }
    };
  }

  /**
   * Work beside which others are to be served.
   *
   * @param rate keys a second
   * @param most how many times as long as in quiet they may wait
   */
  private record Beside(long rate, double most) {}

  private static void delete(Stage items, ServiceClient api, BareClient bare, Scores scores) {
    long count = items.count();
    scores.measure(deleteOf("delete of all by pattern", count, api, bare)
        .against(BARE, () -> {
          bare.storeSeconds(count);
          return bare.deleteSeconds(count);
        })
        .target(items.atYardstick(Target.ratioAtMost(MOST_TIMES))));
  }

  private static Comparison deleteOf(String what, long count, ServiceClient api, BareClient bare) {
    return Comparison.of(what, Unit.SECONDS, () -> {
      bare.storeSeconds(count);
      // What was stored so fast the feed may not have told whole.
      api.get("keys/?limit=1&fresh=true").with("total_keys", count);
      return api.delete(PATH, "{\"pattern\": \".\"}")
          .with("deleted_count", count)
          .seconds();
    });
  }

  private static void deleteFew(Stage items, ServiceClient api, BareClient bare, Scores scores)
      throws IOException {
    try (RewrittenSet rewritten = new RewrittenSet(items.memcached().port(), items.shape())) {
      for (int count : FEW) {
        scores.measure(deleteOf("delete of %,d by pattern".formatted(count), count, api, bare)
            .against("set rewritten per write", () -> {
              bare.storeSeconds(count);
              return rewritten.deleteSeconds(count);
            })
            .target(Target.faster())
            .once());
      }
    }
  }
}

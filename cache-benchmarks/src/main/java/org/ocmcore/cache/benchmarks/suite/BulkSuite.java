package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.ocmcore.cache.benchmarks.load.ItemShape;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.BareClient;
import org.ocmcore.cache.benchmarks.peer.ConstantRateClient;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;

/**
 * Changes by pattern over HTTP, against a bare client that makes the same changes, and what they
 * cost another client of the same server.
 */
final class BulkSuite implements Suite {
  private static final String PATH = "pattern/manage/";
  private static final String BARE = "bare client";
  private static final Target TARGET = Target.ratioAtMost(2);
  private static final long TTL = 86_400;

  private static final List<Load> LOADS = List.of(new Load(50_000, 3), new Load(10_000, 1.5));
  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  /** Many, because a single second is either undisturbed or has all of a disturbance. */
  private static final int MIN_ROUNDS = 7;

  /** The share of its rate that a refresh must reach while gets are measured. */
  private static final double MIN_RATE_SHARE = 0.9;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    try (Testbed items = testbed.openAnother(ItemShape.MEDIUM, testbed.count());
        BareClient bare = new BareClient(items.memcached().port(), items.shape())) {
      ServiceClient service = items.service().client();
      refresh(items, service, bare, runner);
      getsBesideRefresh(items, service, runner);
      delete(items, service, bare, runner);
    }
  }

  private static void refresh(
      Testbed items, ServiceClient service, BareClient bare, BenchmarkRunner runner) {
    long count = items.count();
    runner.run(Comparison.of(
            "refresh of all by pattern",
            Unit.SECONDS,
            () -> service
                .put(PATH, refreshJson(""))
                .require("refreshed_count", count)
                .seconds())
        .against(BARE, () -> bare.touchSeconds(count, TTL))
        .target(items.atTargetKeys(TARGET)));
  }

  private static String refreshJson(String moreFields) {
    return "{\"pattern\": \".\", \"timeout\": %d%s}".formatted(TTL, moreFields);
  }

  private static void getsBesideRefresh(
      Testbed items, ServiceClient service, BenchmarkRunner runner) throws Exception {
    long needed = LOADS.get(0).rate * (WARM_UP.toSeconds() + 1);
    if (items.count() < needed) {
      runner.note("gets beside a refresh need %,d keys".formatted(needed));
      return;
    }
    try (ConstantRateClient client =
        new ConstantRateClient(items.memcached().port(), items.shape(), items.count())) {
      // The service of the first sample would be slower than one that has run for a while.
      p99BesideRefresh(LOADS.get(0).rate, WARM_UP, service, client).measure();
      for (Load load : LOADS) {
        runner.run(Comparison.of(
                "p99 of single gets beside a refresh of %,d keys a second".formatted(load.rate),
                Unit.SECONDS,
                p99BesideRefresh(load.rate, SAMPLE, service, client))
            .against("quiet", () -> p99(client, SAMPLE))
            .minRounds(MIN_ROUNDS)
            .target(items.atTargetKeys(Target.ratioAtMost(load.maxRatio))));
      }
    }
  }

  private static Measurement p99BesideRefresh(
      long rate, Duration time, ServiceClient service, ConstantRateClient client) {
    String json = refreshJson(", \"rate\": " + rate);
    return () -> {
      try (BackgroundJob job = BackgroundJob.startRefresh(service, PATH, json)) {
        long before = job.changedKeys();
        double p99 = p99(client, time);
        long changed = job.changedKeys() - before;
        if (changed < MIN_RATE_SHARE * rate * time.toSeconds()) {
          throw new IOException("it refreshed %,d keys in %s".formatted(changed, time));
        }
        return p99;
      }
    };
  }

  /** In seconds. */
  private static double p99(ConstantRateClient client, Duration time) throws IOException {
    return client.latencies(time).getValueAtPercentile(99) / 1e9;
  }

  /**
   * A refresh beside which gets are measured.
   *
   * @param rate keys a second
   * @param maxRatio how many times their quiet latency the gets may take
   */
  private record Load(long rate, double maxRatio) {}

  private static void delete(
      Testbed items, ServiceClient service, BareClient bare, BenchmarkRunner runner) {
    long count = items.count();
    runner.run(Comparison.of("delete of all by pattern", Unit.SECONDS, () -> {
          bare.storeSeconds(count);
          // The feed of a server may drop events of so many stores.
          service.get("keys/?limit=1&fresh=true").require("total_keys", count);
          return service
              .delete(PATH, "{\"pattern\": \".\"}")
              .require("deleted_count", count)
              .seconds();
        })
        .against(BARE, () -> {
          bare.storeSeconds(count);
          return bare.deleteSeconds(count);
        })
        .target(items.atTargetKeys(TARGET)));
  }
}

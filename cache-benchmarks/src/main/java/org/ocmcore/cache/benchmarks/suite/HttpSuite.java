package org.ocmcore.cache.benchmarks.suite;

import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.RepeatedGet;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/** Single keys over HTTP from the embedded store, against Javalin with the same answer at hand. */
final class HttpSuite implements Suite {
  private static final String PATH = "key/app:1/";
  private static final int CONNECTIONS = 8;
  private static final int HEAP_MIB = 256;
  private static final Target TARGET = Target.ratioAtLeast(0.9);

  /** Until both are compiled, by as many connections as are measured. */
  private static final int WARM_UP_ROUNDS = 200;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    String value = "v".repeat(testbed.shape().valueBytes());
    try (ServiceProcess service = testbed.startEmbedded(HEAP_MIB)) {
      ServiceClient client = service.client();
      client.post(PATH, "{\"value\": \"%s\"}".formatted(value));
      String answer = client.get(PATH).body();
      try (ServiceProcess constant =
              ServiceProcess.ofConstant(testbed.newFolder("constant"), HEAP_MIB, answer);
          RepeatedGet ours = service.repeatedGet(PATH, CONNECTIONS);
          RepeatedGet theirs = constant.repeatedGet(PATH, CONNECTIONS)) {
        Measurement get = Throughput.perSecond(CONNECTIONS, key -> ours.send());
        Measurement constantGet = Throughput.perSecond(CONNECTIONS, key -> theirs.send());
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
          get.measure();
          constantGet.measure();
        }
        runner.run(Comparison.of(
                "GET key/{key}/, %d connections".formatted(CONNECTIONS), Unit.PER_SECOND, get)
            .against("constant", constantGet)
            .target(TARGET));
      }
    }
  }
}

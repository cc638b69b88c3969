package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;

/** Whole commands of the command line, from the shell to the exit, against an empty Java. */
final class StartSuite implements Suite {
  private static final Target TARGET = Target.atMost(Unit.SECONDS, 0.4);

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws IOException {
    String key = testbed.shape().keys().text(0);
    Measurement empty = command(testbed, List.of(java(), "-Xshare:auto", "-version"));
    for (List<String> arguments : List.of(List.of("--help"), List.of("get", "--meta", key))) {
      List<String> words = new ArrayList<>(List.of(testbed.program().toString()));
      words.addAll(arguments);
      runner.runBriefly(
          Comparison.of("cache " + arguments.get(0), Unit.SECONDS, command(testbed, words))
              .against("java -version", empty)
              .target(TARGET));
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Measurement command(Testbed testbed, List<String> words) {
    return Measurement.seconds(() -> {
      ProcessBuilder builder = new ProcessBuilder(words)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("MEMCACHED_SERVERS", testbed.memcached().address());
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new IOException("%s exits with %d".formatted(words, status));
      }
    });
  }
}

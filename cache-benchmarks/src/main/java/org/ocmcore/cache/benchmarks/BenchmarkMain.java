package org.ocmcore.cache.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ocmcore.cache.benchmarks.load.ItemShape;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Outcome;
import org.ocmcore.cache.benchmarks.measure.ResultTable;
import org.ocmcore.cache.benchmarks.suite.Suites;
import org.ocmcore.cache.benchmarks.suite.Testbed;

/** The entry point of {@code bin/bench}. */
public final class BenchmarkMain {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final Options options;
  private final PrintStream out;
  private final Path jar;
  private boolean isFailed;

  private BenchmarkMain(Options options, PrintStream out, Path jar) {
    this.options = options;
    this.out = out;
    this.jar = jar;
  }

  /**
   * Runs the suites and prints a table for each size. The system property {@code bench.jar} is the
   * path of the service's executable jar, {@code bench.commit} the commit that it is built from.
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (List.of(arguments).contains("--help")) {
      out.println(Options.help());
      return;
    }
    Options options;
    try {
      options = Options.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; try bench --help");
      System.exit(USAGE);
      return;
    }
    Path jar = Path.of(System.getProperty("bench.jar", "cache-app/target/cache-app.jar"));
    System.exit(new BenchmarkMain(options, out, jar).run());
  }

  private int run() throws IOException, InterruptedException {
    out.println(Machine.describe(System.getProperty("bench.commit", "an unknown commit")));
    boolean withRedis = Machine.hasProgram("redis-server");
    long start = System.nanoTime();
    for (long size : options.sizes()) {
      String title = "%,d %s".formatted(size, ItemShape.SMALL.name());
      System.err.println(title);
      BenchmarkRunner runner = new BenchmarkRunner(options.timePerRow(), System.err);
      try (Testbed testbed = Testbed.open(ItemShape.SMALL, size, jar, withRedis)) {
        for (Suites suite : options.suites()) {
          suite.run(testbed, runner);
        }
      }
      print(title, runner.outcomes(), runner.notes());
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    out.printf("Measured in %,d seconds.%n", time.toSeconds());
    return isFailed ? FAILED : OK;
  }

  private void print(String title, List<Outcome> outcomes, List<String> notes) {
    out.printf("### %s%n%n%s%n", title, ResultTable.of(outcomes));
    notes.forEach(note -> out.println("- " + note));
    if (!notes.isEmpty()) {
      out.println();
    }
    List<Outcome> failed = outcomes.stream().filter(Outcome::isFailed).toList();
    if (!failed.isEmpty()) {
      isFailed = true;
      out.println("Failed:");
      failed.forEach(outcome -> out.printf("- %s: %s%n", outcome.what(), outcome.failure()));
      out.println();
    }
  }
}

package org.ocmcore.cache.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.benchmarks.load.Shape;
import org.ocmcore.cache.benchmarks.load.Shapes;
import org.ocmcore.cache.benchmarks.measure.Outcome;
import org.ocmcore.cache.benchmarks.measure.ResultTable;
import org.ocmcore.cache.benchmarks.measure.Rounds;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.suite.Stage;
import org.ocmcore.cache.benchmarks.suite.Suites;

/** The command line. */
public final class BenchmarkMain {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private static final long THOUSAND = 1_000;
  private static final long GIB = 1L << 30;

  /** Of the clusters, in the short form. */
  private static final int FEW_CLUSTERS = 5;

  private final Options options;
  private final PrintStream out;
  private final Path jar;
  private final boolean withRedis = Machine.has("redis-server");
  /** What is to be printed in one table, by title. */
  private final Map<String, Scores> untold = new LinkedHashMap<>();

  private boolean isFailed;

  private BenchmarkMain(Options options, PrintStream out, Path jar) {
    this.options = options;
    this.out = out;
    this.jar = jar;
  }

  /**
   * Measures. The system property {@code bench.jar} names the executable jar of the service,
   * {@code bench.commit} what it was built from.
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
    out.println(Machine.text(System.getProperty("bench.commit", "an unknown commit")));
    long start = System.nanoTime();
    if (!options.suites().isEmpty()) {
      uniform();
    }
    if (options.withShapes()) {
      shapes();
    }
    if (!untold.isEmpty()) {
      print(String.join(", and ", untold.keySet()), untold.values());
    }
    out.printf(
        "Measured in %,d seconds.%n",
        Duration.ofNanos(System.nanoTime() - start).toSeconds());
    return isFailed ? FAILED : OK;
  }

  private void uniform() throws IOException, InterruptedException {
    Rounds rounds = new Rounds(Duration.ofSeconds(options.isFull() ? 30 : 2));
    List<List<Outcome>> all = new ArrayList<>();
    List<String> sizes = new ArrayList<>();
    for (long size : options.sizes()) {
      String title = "%,d %s".formatted(size, Shapes.UNIFORM);
      System.err.println(title);
      Scores scores = new Scores(rounds, System.err);
      try (Stage stage = Stage.open(Shapes.UNIFORM, size, jar, options.settings(), withRedis)) {
        for (Suites suite : options.suites()) {
          suite.run(stage, scores);
        }
      }
      tell(title, scores);
      all.add(scores.outcomes());
      sizes.add("%,d".formatted(size));
    }
    if (sizes.size() > 1) {
      out.printf("### Growth: medians%n%n%s%n", ResultTable.ofGrowth(sizes, all));
    }
  }

  private void shapes() throws IOException, InterruptedException {
    Rounds rounds = new Rounds(Duration.ofSeconds(options.isFull() ? 10 : 1));
    Scores scores = new Scores(rounds, System.err);
    long most = options.isFull() ? THOUSAND * THOUSAND : 100 * THOUSAND;
    long bytes = options.isFull() ? 4 * GIB : GIB / 2;
    List<Shape> shapes =
        options.isFull() ? Shapes.CLUSTERS : Shapes.CLUSTERS.subList(0, FEW_CLUSTERS);
    for (Shape shape : shapes) {
      long count = Math.min(most, bytes / shape.itemBytes()) / THOUSAND * THOUSAND;
      String name = "%s, %,d keys".formatted(shape, count);
      System.err.println(name);
      try (Stage stage = Stage.open(shape, count, jar, options.settings(), false)) {
        Suites.runOnShape(stage, scores.named(name + ": "));
      }
    }
    tell("shapes of real clusters", scores);
  }

  /** Prints it at once if there are tables of several sizes, else in one table at the end. */
  private void tell(String title, Scores scores) {
    if (options.sizes().size() > 1) {
      print(title, List.of(scores));
    } else {
      untold.put(title, scores);
    }
  }

  private void print(String title, Collection<Scores> parts) {
    List<Outcome> outcomes =
        parts.stream().flatMap(scores -> scores.outcomes().stream()).toList();
    out.printf("### %s%n%n%s%n", title, ResultTable.of(outcomes));
    List<String> notes =
        parts.stream().flatMap(scores -> scores.notes().stream()).toList();
    notes.forEach(note -> out.println("- " + note));
    if (!notes.isEmpty()) {
      out.println();
    }
    List<Outcome> failed = outcomes.stream().filter(Outcome::isFailed).toList();
    if (!failed.isEmpty()) {
      isFailed = true;
      out.println("What failed:");
      failed.forEach(outcome -> out.printf("- %s: %s%n", outcome.what(), outcome.failure()));
      out.println();
    }
  }
}

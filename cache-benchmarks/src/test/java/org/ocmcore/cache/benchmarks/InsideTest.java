package org.ocmcore.cache.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Executes every JMH benchmark once, however slow it is here. */
class InsideTest {
  private static final Path SOURCES =
      Path.of("src", "main", "java", "org", "ocmcore", "cache", "benchmarks", "inside");

  @TempDir
  private Path folder;

  @Test
  void everyBenchmarkRuns() throws RunnerException, IOException {
    Collection<RunResult> results = new Runner(new OptionsBuilder()
            .include("\\.inside\\.")
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .shouldFailOnError(true)
            .output(folder.resolve("output").toString())
            .build())
        .run();

    results.forEach(result -> assertTrue(result.getPrimaryResult().getScore() > 0));
    assertEquals(
        classes(),
        results.stream()
            .map(result ->
                result.getParams().getBenchmark().split("\\.inside\\.")[1].split("\\.")[0])
            .collect(Collectors.toSet()));
  }

  private static Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> name.endsWith("Benchmark"))
          .collect(Collectors.toSet());
    }
  }
}

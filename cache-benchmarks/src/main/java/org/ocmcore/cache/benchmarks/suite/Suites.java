package org.ocmcore.cache.benchmarks.suite;

import java.util.Arrays;
import java.util.Locale;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Unit;

/** All suites, in the order of the table. */
public enum Suites {
  START("the start of the command line, against a Java that does nothing", new StartSuite()),
  WALK("a walk into the index, against a bare socket", new WalkSuite()),
  HEAP("the heap that the index needs, against its limit", new HeapSuite()),
  FIND("searches over HTTP, against redis", new FindSuite()),
  DUMP("dumps and restores, against a bare client and memcached's own tools", new DumpSuite()),
  BULK("changes by pattern, against a bare client, and the gets beside them", new BulkSuite()),
  LIVE(
      "the service as people use it, some seconds after its start and warm, against a client in C",
      new LiveSuite()),
  HTTP("single keys over HTTP, against Javalin with a constant", new HttpSuite()),
  CONSOLE("the web console in a browser, against its limits", new ConsoleSuite()),
  SINGLE("single keys, against xmemcached and folsom", new SingleSuite()),
  LIBRARY("the library's Cache, against its port and other Java clients", new LibrarySuite());

  private final String description;
  private final Suite suite;

  Suites(String description, Suite suite) {
    this.description = description;
    this.suite = suite;
  }

  /** Runs the suite. If its preparations fail, that is a failed row. */
  public void run(Testbed testbed, BenchmarkRunner runner) throws InterruptedException {
    try {
      suite.run(testbed, runner);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      runner.run(Comparison.of(toString(), Unit.SECONDS, () -> {
            throw e;
          })
          .once());
    }
  }

  /** @throws IllegalArgumentException if there is no suite of this name */
  public static Suites named(String name) {
    return Arrays.stream(values())
        .filter(suite -> suite.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "there is no suite \"%s\"; --help lists them".formatted(name)));
  }

  /** One line for the help. */
  public String description() {
    return description;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

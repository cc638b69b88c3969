package org.ocmcore.cache.benchmarks.suite;

import java.util.Arrays;
import java.util.Locale;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Unit;

/** The parts of the table, in their order. */
public enum Suites {
  WALK("a walk into the index beside a bare socket", new WalkSuite()),
  FRESH("a walk that somebody waits for, over HTTP", false, new FreshSuite()),
  FIND("finding, over HTTP, beside redis", new FindSuite()),
  LIST("the list of all keys, in little memory", new ListSuite()),
  HEAP("memory", new HeapSuite()),
  DUMP("dumps and restores beside a bare client, and beside other people's tools", new DumpSuite()),
  VARIANTS("dumps in other formats, over HTTP, in little memory", false, new DumpVariantsSuite()),
  BULK(
      "changes by pattern beside a bare client and the older system, and what they cost others",
      new BulkSuite()),
  SINGLE("single keys beside xmemcached and folsom used bare", new SingleSuite()),
  HTTP("single keys over HTTP beside Javalin with a constant", new HttpSuite()),
  LATENCY("what walks cost the server's other clients", false, new LatencySuite());

  private final String about;
  private final boolean isInShort;
  private final Suite suite;

  Suites(String about, Suite suite) {
    this(about, true, suite);
  }

  Suites(String about, boolean isInShort, Suite suite) {
    this.about = about;
    this.isInShort = isInShort;
    this.suite = suite;
  }

  /** Whether it is a part of the short form, too. */
  public boolean isInShort() {
    return isInShort;
  }

  /** Measures it; what goes wrong before there is anything to measure is a failure, too. */
  public void run(Stage stage, Scores scores) throws InterruptedException {
    run(this.suite, toString(), stage, scores);
  }

  /** The short suite for the shapes of clusters. */
  public static void runOnShape(Stage stage, Scores scores) throws InterruptedException {
    run(new ShapeSuite(), "all", stage, scores);
  }

  private static void run(Suite suite, String name, Stage stage, Scores scores)
      throws InterruptedException {
    try {
      suite.run(stage, scores);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      scores.measure(Comparison.of(name, Unit.SECONDS, () -> {
            throw e;
          })
          .once());
    }
  }

  /** @throws IllegalArgumentException if there is none of this name */
  public static Suites named(String name) {
    return Arrays.stream(values())
        .filter(suite -> suite.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "there is no part \"%s\"; --help names them".formatted(name)));
  }

  /** What it is about, for people. */
  public String about() {
    return about;
  }

  /** What it is called on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

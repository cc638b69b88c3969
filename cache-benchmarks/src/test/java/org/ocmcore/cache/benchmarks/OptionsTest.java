package org.ocmcore.cache.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.benchmarks.suite.Suites;

class OptionsTest {
  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments));
  }

  @Test
  void defaultSizeIsAMillionKeys() {
    Options options = parse();
    assertEquals(Duration.ofSeconds(2), options.timePerRow());
    assertEquals(List.of(1_000_000L), options.sizes());
    assertEquals(List.of(Suites.values()), options.suites());
  }

  @Test
  void theFullFormGrowsToTenMillionKeys() {
    Options options = parse("--full");
    assertEquals(Duration.ofSeconds(30), options.timePerRow());
    assertEquals(List.of(1_000_000L, 3_000_000L, 10_000_000L), options.sizes());
  }

  @Test
  void sizesAndSuitesCanBeChosen() {
    Options options = parse("--keys=2000,5_000_000", "--full", "--only=walk,find,bulk,dump,single");
    assertEquals(Duration.ofSeconds(30), options.timePerRow());
    assertEquals(List.of(2_000L, 5_000_000L), options.sizes());
    assertEquals(
        List.of(Suites.WALK, Suites.FIND, Suites.BULK, Suites.DUMP, Suites.SINGLE),
        options.suites());
  }

  @Test
  void unknownOptionsAndValuesAreRejected() {
    for (String wrong : List.of(
        "--fast",
        "walk",
        "--full=yes",
        "--keys=",
        "--keys=1500",
        "--keys=0",
        "--keys=999999000",
        "--only=nothing",
        "--only=")) {
      assertThrows(IllegalArgumentException.class, () -> parse(wrong), wrong);
    }
  }

  @Test
  void theHelpDescribesEverySuite() {
    for (Suites suite : Suites.values()) {
      assertTrue(Options.help().contains(suite.description()), suite.toString());
    }
  }
}

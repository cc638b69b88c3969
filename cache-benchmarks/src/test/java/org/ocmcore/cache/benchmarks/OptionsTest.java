package org.ocmcore.cache.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.benchmarks.suite.Suites;

class OptionsTest {
  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments));
  }

  @Test
  void unlessToldOtherwiseWhatMattersMostIsMeasuredOnAMillionKeys() {
    Options options = parse();
    assertFalse(options.isFull());
    assertEquals(List.of(1_000_000L), options.sizes());
    assertTrue(options.suites().contains(Suites.BULK));
    assertFalse(options.suites().contains(Suites.LATENCY));
    assertTrue(options.withShapes());
  }

  @Test
  void theFullFormMeasuresEverythingAndGrowsToTenMillion() {
    Options options = parse("--full");
    assertEquals(List.of(1_000_000L, 3_000_000L, 10_000_000L), options.sizes());
    assertEquals(List.of(Suites.values()), options.suites());
  }

  @Test
  void whatIsLeftOutOfTheShortFormCanBeChosen() {
    assertEquals(List.of(Suites.LATENCY), parse("--only=latency").suites());
  }

  @Test
  void sizesAndPartsCanBeChosen() {
    Options options = parse("--full", "--keys=2000,5_000_000", "--only=walk,shapes");
    assertTrue(options.isFull());
    assertEquals(List.of(2_000L, 5_000_000L), options.sizes());
    assertEquals(List.of(Suites.WALK), options.suites());
    assertTrue(options.withShapes());
    assertFalse(parse("--only=find").withShapes());
  }

  @Test
  void settingsOfTheServiceArePassedOn() {
    assertEquals(
        Map.of("A", "1", "B", "x=y"), parse("--setting=A=1", "--setting=B=x=y").settings());
  }

  @Test
  void whatItDoesNotKnowIsRefused() {
    for (String wrong : List.of(
        "--fast",
        "walk",
        "--full=yes",
        "--keys=",
        "--keys=1500",
        "--keys=0",
        "--keys=999999000",
        "--only=nothing",
        "--only=",
        "--setting=A")) {
      assertThrows(IllegalArgumentException.class, () -> parse(wrong), wrong);
    }
  }

  @Test
  void theHelpNamesEveryPart() {
    for (Suites suite : Suites.values()) {
      assertTrue(Options.help().contains(suite.about()), suite.toString());
    }
  }
}

package org.ocmcore.cache.benchmarks.load;

import java.time.Duration;
import java.util.List;

/**
 * Shapes to choose from. Those of clusters have the mean sizes, common lifetimes and share of
 * writes of Twitter's production in March 2020: "stat/2020Mar.md" of
 * github.com/twitter/cache-trace, by Juncheng Yang, Yao Yue and K. V. Rashmi ("A large scale
 * analysis of hundreds of in-memory cache clusters at Twitter", OSDI 2020), CC BY 4.0. Lifetimes
 * that the table leaves out are left out here, too.
 */
public final class Shapes {
  /** What the speeds to reach are told for. */
  public static final Shape UNIFORM =
      new Shape("30-byte keys", 30, 32, List.of(TtlShare.never()), 0);

  /** What dumps and restores are told for. */
  public static final Shape DUMPED = text("items of 100 bytes", 100);

  /** Large ones for dumps. */
  public static final Shape DUMPED_LARGE = text("items of 10 KiB", 10 * 1024);

  /** Those that are no text. */
  public static final Shape DUMPED_BINARY =
      new Shape("items of 100 random bytes", 30, 100, List.of(TtlShare.never()), 0);

  /** Real ones, those that differ most first. */
  public static final List<Shape> CLUSTERS = List.of(
      new Shape("small values (cluster18)", 18, 37, List.of(hours(12, 1)), 0.02),
      new Shape("large values (cluster53)", 36, 9213, List.of(days(30, .66), days(21, .34)), 0.11),
      new Shape(
          "short lives (cluster4)",
          67,
          2439,
          List.of(
              seconds(60, .39),
              seconds(300, .24),
              hours(1, .13),
              seconds(600, .12),
              hours(4, .09),
              days(1, .03)),
          0.07),
      new Shape("long lives (cluster25)", 49, 28, List.of(days(30, .99)), 0.04),
      new Shape(
          "write-heavy (cluster12)", 44, 1030, List.of(seconds(300, .98), seconds(299, .02)), 0.8),
      new Shape(
          "mixed lives (cluster27)",
          66,
          8,
          List.of(
              hours(2222, .28),
              days(1, .25),
              hours(1, .20),
              hours(4, .18),
              hours(6, .06),
              hours(12, .02)),
          0.15),
      new Shape(
          "busiest readers (cluster52)",
          20,
          273,
          List.of(days(1, .65), days(14, .27), hours(12, .07)),
          0.06));

  private Shapes() {}

  private static Shape text(String name, int valueBytes) {
    return new Shape(name, 30, valueBytes, List.of(TtlShare.never()), 0, Shape.Content.TEXT);
  }

  private static TtlShare seconds(int seconds, double share) {
    return TtlShare.of(Duration.ofSeconds(seconds), share);
  }

  private static TtlShare hours(int hours, double share) {
    return TtlShare.of(Duration.ofHours(hours), share);
  }

  private static TtlShare days(int days, double share) {
    return TtlShare.of(Duration.ofDays(days), share);
  }
}

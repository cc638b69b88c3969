package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.util.List;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.key.AppName;

/**
 * What keys are like as a whole.
 *
 * @param totals what all of them add up to
 * @param appsByBytes the {@value #TOP} apps that take the most bytes, the largest first
 * @param appsByKeys the {@value #TOP} apps with the most keys, the largest first
 * @param largest the {@value #TOP} keys that take the most bytes, the largest first
 * @param ttl what is left of their lifetimes; none: they never expire
 * @param sizes how large their items are, from the smallest to the largest that there are
 * @param idle how long nobody has read or written them; none: the store cannot tell
 * @param neverFetched those whose value nobody has read since it was stored
 * @param expiring what expires in each of the next {@value #MINUTES} minutes
 * @param freshness how much this is worth
 */
public record Analysis(
    RangeSummary totals,
    List<AppAmount> appsByBytes,
    List<AppAmount> appsByKeys,
    FoundKeys largest,
    Spread ttl,
    List<SizeClass> sizes,
    Spread idle,
    Amount neverFetched,
    List<Amount> expiring,
    Freshness freshness) {
  /** How many apps and keys are named. */
  public static final int TOP = 15;

  /** How many minutes are told apart. */
  public static final int MINUTES = 60;

  /** Some keys. @param bytes that their items take */
  public record Amount(long keys, long bytes) {}

  /** The keys of an app. */
  public record AppAmount(AppName app, Amount amount) {}

  /** Keys whose items take at least {@code from} bytes, and less than {@code below}. */
  public record SizeClass(long from, long below, Amount amount) {}

  /**
   * Keys by a time.
   *
   * @param under those below each of {@link #BOUNDS}, and not below the one before it
   * @param over those that are not below the last
   * @param none those without such a time
   */
  public record Spread(List<Amount> under, Amount over, Amount none) {
    /** Where one group ends and the next begins, ascending. */
    public static final List<Duration> BOUNDS = List.of(
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofHours(12),
        Duration.ofDays(1),
        Duration.ofDays(7),
        Duration.ofDays(30));
  }
}

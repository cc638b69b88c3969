package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.util.List;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.key.AppName;

/**
 * The statistics of a set of keys.
 *
 * @param totals the sum over all keys
 * @param appsByBytes the {@value #TOP} apps with the most bytes, largest first
 * @param appsByKeys the {@value #TOP} apps with the most keys, largest first
 * @param largest the {@value #TOP} largest keys, largest first
 * @param ttl by remaining lifetime; none: keys that never expire
 * @param sizes by size of the item, from the smallest to the largest that exists
 * @param idle by the time since the last read or write; none: the store does not report it
 * @param neverFetched keys whose value nobody has read since it was stored
 * @param onSeveralServers keys that more than one server holds; bytes of the copy that counts
 * @param expiring keys that expire in each of the next {@value #MINUTES} minutes
 * @param freshness of the index
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
    Amount onSeveralServers,
    List<Amount> expiring,
    Freshness freshness) {
  /** The number of apps and keys that are named. */
  public static final int TOP = 15;

  /** The number of minutes in {@code expiring}. */
  public static final int MINUTES = 60;

  /**
   * A number of keys.
   *
   * @param bytes of their items
   */
  public record Amount(long keys, long bytes) {}

  /** The keys of an app. */
  public record AppAmount(AppName app, Amount amount) {}

  /** Keys whose items have at least {@code from} and less than {@code below} bytes. */
  public record SizeClass(long from, long below, Amount amount) {}

  /**
   * Keys by a duration.
   *
   * @param under keys below each of {@link #BOUNDS} and not below the previous one
   * @param over keys that are not below the last one
   * @param none keys without such a duration
   */
  public record Spread(List<Amount> under, Amount over, Amount none) {
    /** The bounds between the groups, ascending. */
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

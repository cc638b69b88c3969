package org.ocmcore.cache.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CacheStats;

/**
 * The {@link CacheStats} of a cache, or of an app view, as meters with Micrometer's names for
 * caches. Reading a meter asks no server. For any number of threads.
 *
 * <table>
 *   <caption>The meters; each has the tag {@code cache} with the name of the cache</caption>
 *   <tr><th>Meter</th><th>Tag {@code result}</th><th>Counts</th></tr>
 *   <tr><td>{@code cache.gets}</td><td>{@code hit}, {@code miss}</td><td>reads</td></tr>
 *   <tr><td>{@code cache.near.hits}</td><td></td>
 *       <td>those of the hits that the near cache answered</td></tr>
 *   <tr><td>{@code cache.load}</td><td>{@code success}, {@code failure}</td>
 *       <td>calls of loaders</td></tr>
 *   <tr><td>{@code cache.load.duration}</td><td></td><td>the time in all these calls</td></tr>
 *   <tr><td>{@code cache.failures}</td><td></td>
 *       <td>calls that a server did not answer</td></tr>
 * </table>
 *
 * <p>There are no {@code cache.size}, {@code cache.puts} and {@code cache.evictions}: a cache does
 * not count what servers keep, and other processes store there too. A registry does not keep the
 * cache alive; the meters of a cache that is gone do not change any more.
 */
public final class CacheMeters implements MeterBinder {
  private final Cache cache;
  private final Tags tags;

  /**
   * The meters of a cache.
   *
   * @param cache a cache, or an app view, whose statistics are its own
   * @param name the value of the tag {@code cache}; two caches in one registry need two names
   * @param tags further tags of each meter
   */
  public CacheMeters(Cache cache, String name, Iterable<Tag> tags) {
    this.cache = Objects.requireNonNull(cache, "cache");
    this.tags = Tags.concat(tags, "cache", name);
  }

  /**
   * Adds the meters of a cache to a registry.
   *
   * @param tags further tags of each meter: name, value, name, value
   * @return the cache
   */
  public static Cache monitor(MeterRegistry registry, Cache cache, String name, String... tags) {
    new CacheMeters(cache, name, Tags.of(tags)).bindTo(registry);
    return cache;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    count(
        registry, "cache.gets", "Reads of the cache.", Tags.of("result", "hit"), CacheStats::hits);
    count(
        registry,
        "cache.gets",
        "Reads of the cache.",
        Tags.of("result", "miss"),
        CacheStats::misses);
    count(
        registry,
        "cache.near.hits",
        "Hits that the near cache answered.",
        Tags.empty(),
        CacheStats::nearHits);
    count(
        registry,
        "cache.load",
        "Calls of loaders of missing values.",
        Tags.of("result", "success"),
        CacheStats::loads);
    count(
        registry,
        "cache.load",
        "Calls of loaders of missing values.",
        Tags.of("result", "failure"),
        CacheStats::loadFailures);
    count(
        registry,
        "cache.failures",
        "Calls that a server did not answer.",
        Tags.empty(),
        CacheStats::failures);
    TimeGauge.builder(
            "cache.load.duration",
            cache,
            TimeUnit.NANOSECONDS,
            source -> source.stats().loadTime().toNanos())
        .tags(tags)
        .description("The time in all calls of loaders of missing values.")
        .register(registry);
  }

  private void count(
      MeterRegistry registry,
      String name,
      String description,
      Tags result,
      ToLongFunction<CacheStats> count) {
    FunctionCounter.builder(name, cache, source -> count.applyAsLong(source.stats()))
        .tags(tags.and(result))
        .description(description)
        .register(registry);
  }
}

package org.ocmcore.cache.jcache;

import java.time.Clock;
import java.util.Objects;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Codec;

/**
 * What a CacheManager stores entries with. Immutable.
 *
 * @param cache holds the entries; a JCache named {@code n} uses its app view {@code n}
 * @param codec converts all values, also text and numbers, with the value type of the JCache
 * @param keys converts keys
 * @param clock decides when entries expire; the clocks of all processes must agree
 */
public record JCacheSettings(Cache cache, Codec codec, KeyConverter keys, Clock clock) {
  /** Rejects null. */
  public JCacheSettings {
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(clock, "clock");
  }

  /** Settings with {@link KeyConverter#plain} and the system's clock. */
  public static JCacheSettings of(Cache cache, Codec codec) {
    return new JCacheSettings(cache, codec, KeyConverter.plain(), Clock.systemUTC());
  }

  /** These settings with another converter of keys. */
  public JCacheSettings withKeys(KeyConverter converter) {
    return new JCacheSettings(cache, codec, converter, clock);
  }

  /** These settings with another clock; a test moves it. */
  public JCacheSettings withClock(Clock time) {
    return new JCacheSettings(cache, codec, keys, time);
  }
}

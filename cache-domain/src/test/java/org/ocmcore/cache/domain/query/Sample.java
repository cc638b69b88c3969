package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;
import org.ocmcore.cache.domain.testing.FakeCache;
import org.ocmcore.cache.domain.testing.ManualScheduler;
import org.ocmcore.cache.domain.testing.MutableClock;
import org.ocmcore.cache.domain.testing.RecordedTracking;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/** Keys as a test makes them up, and an index of them. */
final class Sample implements KeyspacePort {
  static final List<String> SERVERS = List.of("a:1", "b:1", "c:1");

  /** Seconds by which the clock of a server may be ahead. */
  private static final int CLOCKS_APART = 2;

  final MutableClock clock = new MutableClock();
  private final TreeMap<CacheKey, KeyInfo> keys = new TreeMap<>();

  /** Any keys of some shapes that meet often: short, of few bytes, some no text. */
  static Sample random(Random random, int count) {
    Sample sample = new Sample();
    byte[] bytes = {'a', 'b', ':', ':', '/', '!', (byte) 0xc3, (byte) 0xff};
    for (int i = 0; i < count; i++) {
      byte[] key = new byte[1 + random.nextInt(9)];
      for (int b = 0; b < key.length; b++) {
        key[b] = bytes[random.nextInt(bytes.length)];
      }
      sample.add(sample.any(CacheKey.ofBytes(key), random));
    }
    return sample;
  }

  KeyInfo any(CacheKey key, Random random) {
    long now = now().getEpochSecond();
    long ttl = 1 + (long) Math.pow(10, random.nextDouble() * 7);
    return new KeyInfo(
        key,
        random.nextInt(3) == 0 ? Expiry.NEVER : new Expiry(now + ttl),
        random.nextInt(5) == 0 ? 64 : random.nextInt(100_000),
        random.nextInt(5) == 0
            ? KeyInfo.UNKNOWN
            : now + CLOCKS_APART - (long) Math.pow(10, random.nextDouble() * 7),
        random.nextBoolean(),
        SERVERS.get(random.nextInt(3)));
  }

  Sample add(KeyInfo key) {
    keys.put(key.key(), key);
    return this;
  }

  /** Adds keys of 60 bytes that never expire. */
  Sample add(String... names) {
    for (String name : names) {
      add(new KeyInfo(CacheKey.of(name), Expiry.NEVER, 60, 0, false, "a:1"));
    }
    return this;
  }

  Sample add(String name, long size, long ttl) {
    return add(new KeyInfo(
        CacheKey.of(name),
        new Expiry(now().getEpochSecond() + ttl),
        size,
        now().getEpochSecond(),
        true,
        "a:1"));
  }

  Instant now() {
    return clock.instant();
  }

  /** All keys, ascending by bytes. */
  List<KeyInfo> all() {
    return new ArrayList<>(keys.values());
  }

  List<KeyInfo> sorted(Comparator<KeyInfo> order) {
    return keys.values().stream().sorted(order).toList();
  }

  KeyIndex index() {
    return new KeyTracker(
            this,
            new FakeCache(clock, SERVERS.toArray(String[]::new)),
            Runnable::run,
            new ManualScheduler(clock),
            clock,
            TrackingPolicy.DEFAULT,
            new RecordedTracking())
        .index();
  }

  /** Looks at all keys in one go. */
  KeyFinder finder() {
    return new KeyFinder(
        index(), AppRule.DEFAULT, now(), new Workers(Runnable::run, 1, Long.MAX_VALUE));
  }

  /** Shares even a few keys out. */
  KeyFinder finder(Executor executor, int threads) {
    return finder(AppRule.DEFAULT, executor, threads);
  }

  /** The same with this rule. */
  KeyFinder finder(AppRule apps, Executor executor, int threads) {
    return new KeyFinder(index(), apps, now(), new Workers(executor, threads, 1));
  }

  /** What is left, as answers show it. */
  OptionalLong ttl(KeyInfo key) {
    return key.expiry()
        .remaining(now())
        .map(Duration::toSeconds)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  OptionalLong idle(KeyInfo key) {
    return key.idle(now())
        .map(Duration::toSeconds)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  @Override
  public List<String> servers() {
    return SERVERS;
  }

  @Override
  public String ring() {
    return "modulo";
  }

  @Override
  public ServerStats stats(String server) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Duration probe(String server) {
    return Duration.ZERO;
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    keys.values().stream().filter(key -> key.server().equals(server)).forEach(visitor);
  }

  @Override
  public boolean follow(String server, ChangeListener listener) {
    return false;
  }
}

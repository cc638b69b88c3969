package org.ocmcore.cache.benchmarks.load;

import java.time.Duration;
import java.util.List;

/**
 * What the items of a cluster look like. Every item is told by its index alone.
 *
 * @param name for people
 * @param keyBytes of each key
 * @param valueBytes of each value
 * @param ttls the mix of lifetimes
 * @param writes the share of requests that write, 0 to 1
 * @param content what the values are
 */
public record Shape(
    String name,
    int keyBytes,
    int valueBytes,
    List<TtlShare> ttls,
    double writes,
    Content content) {
  /** What memcached keeps beside key and value, with CAS. */
  private static final int ITEM_OVERHEAD = 60;

  private static final long TTL_SALT = 7;

  public Shape {
    new KeyNames(keyBytes);
    if (valueBytes < 0) {
      throw new IllegalArgumentException("values of " + valueBytes + " bytes");
    }
    if (ttls.isEmpty()) {
      throw new IllegalArgumentException(name + " has no lifetimes");
    }
    if (!(writes >= 0 && writes <= 1)) {
      throw new IllegalArgumentException("a share of writes of " + writes);
    }
    ttls = List.copyOf(ttls);
  }

  /** With random bytes for values. */
  public Shape(String name, int keyBytes, int valueBytes, List<TtlShare> ttls, double writes) {
    this(name, keyBytes, valueBytes, ttls, writes, Content.RANDOM);
  }

  public KeyNames keys() {
    return new KeyNames(keyBytes);
  }

  /** The lifetime of an item; zero: never expires. */
  public Duration ttl(long index) {
    double all = ttls.stream().mapToDouble(TtlShare::share).sum();
    double at = Hash.fraction(index, TTL_SALT) * all;
    for (TtlShare ttl : ttls) {
      at -= ttl.share();
      if (at < 0) {
        return ttl.ttl();
      }
    }
    return ttls.get(ttls.size() - 1).ttl();
  }

  /** The values of such items. */
  public SampleValues values() {
    return new SampleValues(content, valueBytes);
  }

  /** Whether all items outlast this. */
  public boolean outlasts(Duration time) {
    return ttls.stream().allMatch(ttl -> ttl.ttl().isZero() || ttl.ttl().compareTo(time) > 0);
  }

  /** About what an item takes on a server. */
  public long itemBytes() {
    return ITEM_OVERHEAD + keyBytes + valueBytes;
  }

  /** What values are made of. */
  public enum Content {
    /** Bytes that are no text, and do not repeat. */
    RANDOM,
    /** Small objects of JSON, with words in them. */
    TEXT
  }

  @Override
  public String toString() {
    return name;
  }
}

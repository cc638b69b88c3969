package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * Conditions on keys, apart from their names. An empty condition always holds.
 *
 * @param minSize the item has at least this number of bytes
 * @param maxSize the item has at most this number of bytes
 * @param ttlBelow the key expires in less than this, counted in whole seconds
 * @param ttlAbove the key expires, and in more than this
 * @param noTtl the key never expires
 * @param idleAbove nobody has read or written the key for longer than this; never true if the store
 *     does not report it
 */
public record KeyCriteria(
    OptionalLong minSize,
    OptionalLong maxSize,
    Optional<Duration> ttlBelow,
    Optional<Duration> ttlAbove,
    boolean noTtl,
    Optional<Duration> idleAbove) {
  /** No conditions. */
  public static final KeyCriteria ANY = new KeyCriteria(
      OptionalLong.empty(),
      OptionalLong.empty(),
      Optional.empty(),
      Optional.empty(),
      false,
      Optional.empty());

  /** @throws IllegalArgumentException if no key can match; the message says why */
  public KeyCriteria {
    requireSize("min_size", minSize);
    requireSize("max_size", maxSize);
    if (minSize.isPresent() && maxSize.isPresent() && minSize.getAsLong() > maxSize.getAsLong()) {
      throw new IllegalArgumentException("min_size is %d, which is above max_size, %d"
          .formatted(minSize.getAsLong(), maxSize.getAsLong()));
    }
    requireNotNegative("ttl_below", ttlBelow);
    requireNotNegative("ttl_above", ttlAbove);
    requireNotNegative("idle_above", idleAbove);
    if (noTtl && (ttlBelow.isPresent() || ttlAbove.isPresent())) {
      throw new IllegalArgumentException(
          "no_ttl is true, so neither ttl_below nor ttl_above can be asked for");
    }
    if (ttlBelow.isPresent()
        && ttlAbove.isPresent()
        && ttlAbove.get().toSeconds() + 1 >= ttlBelow.get().toSeconds()) {
      throw new IllegalArgumentException("ttl_above is %d and ttl_below is %d, which leaves nothing"
          .formatted(ttlAbove.get().toSeconds(), ttlBelow.get().toSeconds()));
    }
  }

  private static void requireSize(String name, OptionalLong size) {
    if (size.isPresent() && (size.getAsLong() < 0 || size.getAsLong() > KeyInfo.MAX_SIZE)) {
      throw new IllegalArgumentException(
          "%s is %d, it must be from 0 to %d".formatted(name, size.getAsLong(), KeyInfo.MAX_SIZE));
    }
  }

  private static void requireNotNegative(String name, Optional<Duration> duration) {
    if (duration.isPresent() && duration.get().isNegative()) {
      throw new IllegalArgumentException(
          "%s is %s, it must not be negative".formatted(name, duration.get()));
    }
  }

  /** The conditions in words; empty if there are none. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    minSize.ifPresent(size -> words.add("min_size " + size));
    maxSize.ifPresent(size -> words.add("max_size " + size));
    ttlBelow.ifPresent(ttl -> words.add("ttl_below " + ttl.toSeconds()));
    ttlAbove.ifPresent(ttl -> words.add("ttl_above " + ttl.toSeconds()));
    if (noTtl) {
      words.add("no_ttl");
    }
    idleAbove.ifPresent(idle -> words.add("idle_above " + idle.toSeconds()));
    return String.join(", ", words);
  }
}

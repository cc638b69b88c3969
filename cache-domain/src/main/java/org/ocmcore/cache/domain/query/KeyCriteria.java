package org.ocmcore.cache.domain.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
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
 * @param idleBelow somebody has read or written the key less than this ago, counted in whole
 *     seconds; never true if the store does not report it
 * @param neverFetched nobody has read or refreshed the key since its value was stored, as in
 *     {@link KeyInfo#fetched}; true if the store does not report it. Entries of a dump have no such
 *     mark
 */
public record KeyCriteria(
    OptionalLong minSize,
    OptionalLong maxSize,
    Optional<Duration> ttlBelow,
    Optional<Duration> ttlAbove,
    boolean noTtl,
    Optional<Duration> idleAbove,
    Optional<Duration> idleBelow,
    boolean neverFetched) {
  /** No conditions. */
  public static final KeyCriteria ANY = new KeyCriteria(
      OptionalLong.empty(),
      OptionalLong.empty(),
      Optional.empty(),
      Optional.empty(),
      false,
      Optional.empty(),
      Optional.empty(),
      false);

  /**
   * @throws ContradictoryCriteria if no key can match
   * @throws IllegalArgumentException if a value is out of range
   */
  public KeyCriteria {
    requireSize(Criterion.MIN_SIZE, minSize);
    requireSize(Criterion.MAX_SIZE, maxSize);
    if (minSize.isPresent() && maxSize.isPresent() && minSize.getAsLong() > maxSize.getAsLong()) {
      long min = minSize.getAsLong();
      long max = maxSize.getAsLong();
      throw new ContradictoryCriteria(names -> "%s is %d, which is above %s, %d"
          .formatted(names.apply(Criterion.MIN_SIZE), min, names.apply(Criterion.MAX_SIZE), max));
    }
    requireNotNegative(Criterion.TTL_BELOW, ttlBelow);
    requireNotNegative(Criterion.TTL_ABOVE, ttlAbove);
    requireNotNegative(Criterion.IDLE_ABOVE, idleAbove);
    requireNotNegative(Criterion.IDLE_BELOW, idleBelow);
    if (noTtl && (ttlBelow.isPresent() || ttlAbove.isPresent())) {
      throw new ContradictoryCriteria(names -> "%s is true, so neither %s nor %s can be asked for"
          .formatted(
              names.apply(Criterion.NO_TTL),
              names.apply(Criterion.TTL_BELOW),
              names.apply(Criterion.TTL_ABOVE)));
    }
    requireBetween(Criterion.TTL_ABOVE, ttlAbove, Criterion.TTL_BELOW, ttlBelow);
    requireBetween(Criterion.IDLE_ABOVE, idleAbove, Criterion.IDLE_BELOW, idleBelow);
  }

  /** Conditions without {@code idleBelow} and {@code neverFetched}. */
  public KeyCriteria(
      OptionalLong minSize,
      OptionalLong maxSize,
      Optional<Duration> ttlBelow,
      Optional<Duration> ttlAbove,
      boolean noTtl,
      Optional<Duration> idleAbove) {
    this(minSize, maxSize, ttlBelow, ttlAbove, noTtl, idleAbove, Optional.empty(), false);
  }

  private static void requireBetween(
      Criterion above, Optional<Duration> from, Criterion below, Optional<Duration> to) {
    if (from.isPresent()
        && to.isPresent()
        && from.get().toSeconds() + 1 >= to.get().toSeconds()) {
      long first = from.get().toSeconds();
      long last = to.get().toSeconds();
      throw new ContradictoryCriteria(names -> "%s is %d and %s is %d, which leaves nothing"
          .formatted(names.apply(above), first, names.apply(below), last));
    }
  }

  private static void requireSize(Criterion criterion, OptionalLong size) {
    if (size.isPresent() && (size.getAsLong() < 0 || size.getAsLong() > KeyInfo.MAX_SIZE)) {
      throw new IllegalArgumentException("%s is %d, it must be from 0 to %d"
          .formatted(criterion, size.getAsLong(), KeyInfo.MAX_SIZE));
    }
  }

  private static void requireNotNegative(Criterion criterion, Optional<Duration> duration) {
    if (duration.isPresent() && duration.get().isNegative()) {
      throw new IllegalArgumentException(
          "%s is %s, it must not be negative".formatted(criterion, duration.get()));
    }
  }

  /** Whether every key passes: if there are none, or only sizes that every item has. */
  boolean passEverything() {
    OptionalLong least = minSize.orElse(0) <= 1 ? OptionalLong.empty() : minSize;
    OptionalLong most =
        maxSize.orElse(KeyInfo.MAX_SIZE) == KeyInfo.MAX_SIZE ? OptionalLong.empty() : maxSize;
    return new KeyCriteria(
            least, most, ttlBelow, ttlAbove, noTtl, idleAbove, idleBelow, neverFetched)
        .isAny();
  }

  /**
   * Whether there are no conditions. Faster at a start than to compare records, for which Java
   * makes code.
   */
  public boolean isAny() {
    return toString().isEmpty();
  }

  /**
   * The conditions in words; empty if there are none.
   *
   * @param names what the caller calls each criterion
   */
  public String words(Function<Criterion, String> names) {
    List<String> words = new ArrayList<>();
    minSize.ifPresent(size -> words.add(names.apply(Criterion.MIN_SIZE) + " " + size));
    maxSize.ifPresent(size -> words.add(names.apply(Criterion.MAX_SIZE) + " " + size));
    ttlBelow.ifPresent(ttl -> words.add(names.apply(Criterion.TTL_BELOW) + " " + ttl.toSeconds()));
    ttlAbove.ifPresent(ttl -> words.add(names.apply(Criterion.TTL_ABOVE) + " " + ttl.toSeconds()));
    if (noTtl) {
      words.add(names.apply(Criterion.NO_TTL));
    }
    idleAbove.ifPresent(
        idle -> words.add(names.apply(Criterion.IDLE_ABOVE) + " " + idle.toSeconds()));
    idleBelow.ifPresent(
        idle -> words.add(names.apply(Criterion.IDLE_BELOW) + " " + idle.toSeconds()));
    if (neverFetched) {
      words.add(names.apply(Criterion.NEVER_FETCHED));
    }
    return String.join(", ", words);
  }

  /** The conditions in the domain's words; empty if there are none. */
  @Override
  public String toString() {
    return words(Criterion::toString);
  }
}

package org.ocmcore.cache.domain.tracking;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How many keys of a sample each ring places on the servers that hold them.
 *
 * @param current the ring that places new keys, one of the compared rings
 * @param sampled the number of keys in the sample
 * @param matches the number of keys by ring, most first; of equal rings the current one is first
 */
public record RingFit(String current, int sampled, Map<String, Integer> matches) {
  /** Fewer keys may be where a ring puts them by chance. */
  public static final int MIN_SAMPLE = 50;

  /** A ring that fits may miss a few keys, which failover or another client has placed. */
  private static final int MIN_PERCENT = 95;

  /** @throws IllegalArgumentException if the sample is empty or lacks the current ring */
  public RingFit {
    if (sampled < 1 || !matches.containsKey(current)) {
      throw new IllegalArgumentException(
          "sample of %d keys for ring %s of %s".formatted(sampled, current, matches));
    }
    Comparator<Map.Entry<String, Integer>> mostFirst =
        Comparator.comparing(entry -> -entry.getValue());
    Map<String, Integer> sorted = new LinkedHashMap<>();
    matches.entrySet().stream()
        .sorted(mostFirst.thenComparing(entry -> !entry.getKey().equals(current)))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    matches = Collections.unmodifiableMap(sorted);
  }

  /** Returns the ring that places nearly all keys where they are; empty if none does. */
  public Optional<String> fitting() {
    return matches.get(nearest()) * 100L >= (long) MIN_PERCENT * sampled
        ? Optional.of(nearest())
        : Optional.empty();
  }

  /** Returns whether the current ring fits. */
  public boolean isCurrentFitting() {
    return fitting().equals(Optional.of(current));
  }

  private String nearest() {
    return matches.keySet().iterator().next();
  }

  /** Returns the result in a sentence for people, without its full stop. */
  public String sentence() {
    String fits = String.format(
        Locale.ROOT,
        "of %,d keys sampled, %,d are where the ring %s puts them",
        sampled,
        matches.get(nearest()),
        nearest());
    if (isCurrentFitting()) {
      return fits + ", which is in use";
    }
    if (nearest().equals(current)) {
      return fits + ": no ring fits";
    }
    String compared =
        "%s, %d %% where %s does".formatted(fits, matches.get(current) * 100L / sampled, current);
    return fitting().isPresent() ? compared : compared + ": no ring fits";
  }
}

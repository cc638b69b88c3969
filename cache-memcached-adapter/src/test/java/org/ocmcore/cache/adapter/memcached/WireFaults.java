package org.ocmcore.cache.adapter.memcached;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The faults that a {@link Relay} makes, chosen by a seed: the same traffic on the same connections
 * has the same faults.
 *
 * @param seed names the sequence of faults
 * @param perMille how many of a thousand chunks of traffic are hit, in each direction
 * @param kinds the faults to choose from
 */
public record WireFaults(long seed, int perMille, Set<Kind> kinds) {
  /** What happens to a chunk of traffic. */
  public enum Kind {
    /** It arrives up to two seconds later. */
    DELAY,
    /** It arrives byte by byte. */
    DRIP,
    /** A part arrives, then both connections are closed in order. */
    CUT,
    /** A part arrives, then both connections are reset. */
    RESET,
    /** Some or all bytes are lost, and the connection stays. */
    SWALLOW,
    /** Some or all bytes arrive twice. */
    DUPLICATE,
    /** Up to three bytes are others. */
    GARBLE
  }

  public static WireFaults of(long seed, int perMille, Kind... kinds) {
    return new WireFaults(seed, perMille, Set.of(kinds));
  }

  /** Returns the source of the choices for one direction of a connection. */
  Random choices(int connection, boolean isRequest) {
    return new Random(seed * 31 + connection * 2L + (isRequest ? 1 : 0));
  }

  /** Chooses whether a chunk is hit, and how. */
  Optional<Kind> next(Random choices) {
    if (choices.nextInt(1000) >= perMille) {
      return Optional.empty();
    }
    List<Kind> ordered = kinds.stream().sorted().toList();
    return Optional.of(ordered.get(choices.nextInt(ordered.size())));
  }
}

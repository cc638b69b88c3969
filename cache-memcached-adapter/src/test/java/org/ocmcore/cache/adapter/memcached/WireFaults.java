package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

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
    GARBLE;

    /** Writes what arrives of a chunk. */
    void deliver(byte[] bytes, OutputStream out, Random choices) throws IOException {
      boolean isWhole = choices.nextBoolean();
      int from = isWhole ? 0 : choices.nextInt(bytes.length);
      int to = isWhole ? bytes.length : from + choices.nextInt(bytes.length - from) + 1;
      switch (this) {
        case DELAY -> {
          LockSupport.parkNanos(choices.nextInt(MAX_DELAY_NANOS));
          out.write(bytes);
        }
        case DRIP -> drip(bytes, out);
        case CUT, RESET -> out.write(bytes, 0, from);
        case SWALLOW -> {
          out.write(bytes, 0, from);
          out.write(bytes, to, bytes.length - to);
        }
        case DUPLICATE -> {
          // In one go, so that a copy is executed later as rarely as can be.
          byte[] twice = Arrays.copyOf(bytes, bytes.length + to - from);
          System.arraycopy(bytes, from, twice, to, bytes.length - from);
          out.write(twice);
        }
        case GARBLE -> {
          byte[] garbled = bytes.clone();
          for (int i = choices.nextInt(3); i >= 0; i--) {
            garbled[choices.nextInt(bytes.length)] ^= (byte) (1 + choices.nextInt(255));
          }
          out.write(garbled);
        }
      }
    }

    private static void drip(byte[] bytes, OutputStream out) throws IOException {
      int dripped = Math.min(bytes.length, MAX_DRIPPED_BYTES);
      for (int i = 0; i < dripped; i++) {
        out.write(bytes[i]);
        LockSupport.parkNanos(DRIP_NANOS);
      }
      out.write(bytes, dripped, bytes.length - dripped);
    }
  }

  private static final int MAX_DELAY_NANOS = 2_000_000_000;
  private static final int MAX_DRIPPED_BYTES = 300;
  private static final int DRIP_NANOS = 1_000_000;

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

package org.ocmcore.cache.domain.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/**
 * Stops asking a server that has failed several times in a row. After a pause one call is let
 * through: if it succeeds, all are again; if it fails, the next pause is twice as long. For any
 * number of threads. It costs nothing while no server fails.
 */
final class CircuitBreaker {
  /** So many failures in a row open the circuit of a server. */
  static final int FAILURES = 5;

  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final LongSupplier nanos;

  /** The servers whose last call failed. */
  private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

  /**
   * @param failures in a row
   * @param pause after the last of them, in nanoseconds; 0 while the circuit is closed
   * @param endOfPause by the clock in nanoseconds
   */
  private record Circuit(int failures, long pause, long endOfPause) {
    static final Circuit CLOSED = new Circuit(0, 0, 0);

    Circuit failed(long now) {
      if (failures + 1 < FAILURES) {
        return new Circuit(failures + 1, 0, 0);
      }
      long next = pause == 0 ? FIRST_PAUSE.toNanos() : Math.min(2 * pause, LONGEST_PAUSE.toNanos());
      return new Circuit(failures + 1, next, now + next);
    }

    boolean isOpen() {
      return pause > 0;
    }

    boolean isPausing(long now) {
      return isOpen() && now - endOfPause < 0;
    }

    /** While one call tries the server, the others wait for another pause. */
    Circuit trying(long now) {
      return new Circuit(failures, pause, now + pause);
    }
  }

  /** @param nanos a clock like {@link System#nanoTime} */
  CircuitBreaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether the last call of every server succeeded. */
  boolean isQuiet() {
    return circuits.isEmpty();
  }

  /**
   * Permits a call.
   *
   * @throws StoreUnavailable if the server must not be asked now
   */
  void permit(String server, Supplier<String> operation) {
    Circuit circuit = circuits.get(server);
    if (circuit == null || !circuit.isOpen()) {
      return;
    }
    long now = nanos.getAsLong();
    boolean isTrial =
        !circuit.isPausing(now) && circuits.replace(server, circuit, circuit.trying(now));
    if (!isTrial) {
      throw new StoreUnavailable(
          server,
          operation.get(),
          "not sent, since the last %d calls failed".formatted(circuit.failures()));
    }
  }

  void succeeded(String server) {
    circuits.remove(server);
  }

  /** Counts a failure, unless the server answered and only refused. */
  void failed(StoreUnavailable failure) {
    if (!failure.isRefusal()) {
      circuits.compute(
          failure.server(),
          (server, circuit) ->
              (circuit == null ? Circuit.CLOSED : circuit).failed(nanos.getAsLong()));
    }
  }
}

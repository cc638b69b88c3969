package org.ocmcore.cache.benchmarks.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Measures by turns: ours, theirs, theirs, ours, and so on, after rounds that do not count, for as
 * long as there is time.
 */
public final class Rounds {
  private static final int MOST = 101;

  /** So much of the time goes into rounds that do not count, one at least. */
  private static final int WARM_UP_SHARE = 4;

  private final Duration time;

  /** @param time that a comparison may take; longer if its fewest rounds take longer */
  public Rounds(Duration time) {
    this.time = time;
  }

  /** Does it; whatever goes wrong becomes a failure. */
  public Outcome measure(Comparison comparison) {
    try {
      Optional<Probe> reference = comparison.reference().map(Comparison.Reference::probe);
      if (comparison.isOnce()) {
        return once(comparison, reference);
      }
      if (reference.isEmpty()) {
        return Outcome.of(comparison, alone(comparison));
      }
      return byTurns(comparison, reference.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.failed(comparison, "interrupted");
    } catch (Exception e) {
      return Outcome.failed(comparison, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static Outcome once(Comparison comparison, Optional<Probe> theirs) throws Exception {
    double[] ours = {comparison.ours().measure()};
    return theirs.isEmpty()
        ? Outcome.of(comparison, ours)
        : Outcome.of(comparison, ours, new double[] {theirs.get().measure()});
  }

  private double[] alone(Comparison comparison) throws Exception {
    Probe ours = comparison.ours();
    long begin = System.nanoTime();
    do {
      ours.measure();
    } while (isWithin(begin, time.dividedBy(WARM_UP_SHARE)));
    double[] samples = new double[MOST];
    int rounds = 0;
    while (rounds < comparison.rounds() || rounds < MOST && isWithin(begin, time)) {
      samples[rounds++] = ours.measure();
    }
    return Arrays.copyOf(samples, rounds);
  }

  private Outcome byTurns(Comparison comparison, Probe theirs) throws Exception {
    Probe ours = comparison.ours();
    long begin = System.nanoTime();
    do {
      ours.measure();
      theirs.measure();
    } while (isWithin(begin, time.dividedBy(WARM_UP_SHARE)));
    double[] our = new double[MOST];
    double[] their = new double[MOST];
    int rounds = 0;
    while (rounds < comparison.rounds() || rounds < MOST && isWithin(begin, time)) {
      if (rounds % 2 == 0) {
        our[rounds] = ours.measure();
        their[rounds] = theirs.measure();
      } else {
        their[rounds] = theirs.measure();
        our[rounds] = ours.measure();
      }
      rounds++;
    }
    return Outcome.of(comparison, Arrays.copyOf(our, rounds), Arrays.copyOf(their, rounds));
  }

  private static boolean isWithin(long begin, Duration time) {
    return System.nanoTime() - begin < time.toNanos();
  }
}

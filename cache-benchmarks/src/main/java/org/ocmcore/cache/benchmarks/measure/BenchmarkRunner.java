package org.ocmcore.cache.benchmarks.measure;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Executes comparisons in rounds and keeps their outcomes. The two sides take turns (ours,
 * reference, reference, ours, ...) until the time is up. Warm-up rounds come first and do not
 * count. For one thread.
 */
public final class BenchmarkRunner {
  private static final int MAX_ROUNDS = 101;
  private static final int COLD_ROUNDS = 3;

  /** The divisor of the time that warm-up rounds may take; there is at least one. */
  private static final int WARM_UP_DIVISOR = 4;

  private final Duration time;
  private final PrintStream progress;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * @param time for each comparison, warm-up included; exceeded if its minimum of rounds needs more
   * @param progress where each outcome is printed at once
   */
  public BenchmarkRunner(Duration time, PrintStream progress) {
    this.time = time;
    this.progress = progress;
  }

  /** Executes a comparison. If it fails, the outcome has the reason; nothing is thrown. */
  public Outcome run(Comparison comparison) {
    return run(comparison, time);
  }

  /** Executes a comparison in half of the time, for suites of many rows. */
  public Outcome runBriefly(Comparison comparison) {
    return run(comparison, time.dividedBy(2));
  }

  private Outcome run(Comparison comparison, Duration limit) {
    Outcome outcome = execute(comparison, limit);
    outcomes.add(outcome);
    progress.printf("  %s: %s %s%n", outcome.what(), outcome.oursText(), outcome.failure());
    return outcome;
  }

  private Outcome execute(Comparison comparison, Duration limit) {
    try {
      return executeRounds(comparison, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.failed(comparison, "interrupted");
    } catch (Exception e) {
      return Outcome.failed(comparison, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private Outcome executeRounds(Comparison comparison, Duration limit) throws Exception {
    Optional<Measurement> reference = comparison.reference().map(Comparison.Reference::measurement);
    Optional<Outcome.Side> cold = Optional.empty();
    if (comparison.cold().isPresent()) {
      cold = Optional.of(coldRounds(comparison.cold().get(), reference));
    }
    long start = System.nanoTime();
    List<Double> ours = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    if (!comparison.isOnce()) {
      do {
        executeRound(comparison.ours(), ours, reference, references);
      } while (isWithin(start, limit.dividedBy(WARM_UP_DIVISOR)));
      ours.clear();
      references.clear();
    }
    do {
      executeRound(comparison.ours(), ours, reference, references);
    } while (ours.size() < comparison.minRounds()
        || !comparison.isOnce() && ours.size() < MAX_ROUNDS && isWithin(start, limit));
    return Outcome.of(comparison, cold, ours, references);
  }

  private static Outcome.Side coldRounds(Measurement cold, Optional<Measurement> reference)
      throws Exception {
    List<Double> ours = new ArrayList<>();
    List<Double> references = new ArrayList<>();
    for (int round = 0; round < COLD_ROUNDS; round++) {
      executeRound(cold, ours, reference, references);
    }
    return Outcome.Side.of(ours, references);
  }

  private static void executeRound(
      Measurement measurement,
      List<Double> ours,
      Optional<Measurement> reference,
      List<Double> references)
      throws Exception {
    boolean isReferenceFirst = reference.isPresent() && ours.size() % 2 == 1;
    if (isReferenceFirst) {
      references.add(reference.get().measure());
    }
    ours.add(measurement.measure());
    if (reference.isPresent() && !isReferenceFirst) {
      references.add(reference.get().measure());
    }
  }

  private static boolean isWithin(long start, Duration time) {
    return System.nanoTime() - start < time.toNanos();
  }

  /** Adds a sentence below the table. */
  public void note(String note) {
    notes.add(note);
    progress.printf("  %s%n", note);
  }

  /** The notes so far, in order. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** The outcomes so far, in order. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }
}

package org.ocmcore.cache.benchmarks.measure;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Takes what is to be measured, measures it at once, and keeps what came out. */
public final class Scores {
  private final Rounds rounds;
  private final String prefix;
  private final PrintStream progress;
  private final List<Outcome> outcomes;
  private final List<String> notes;

  /** @param progress where each outcome is told as soon as it is there */
  public Scores(Rounds rounds, PrintStream progress) {
    this(rounds, "", progress, new ArrayList<>(), new ArrayList<>());
  }

  private Scores(
      Rounds rounds,
      String prefix,
      PrintStream progress,
      List<Outcome> outcomes,
      List<String> notes) {
    this.rounds = rounds;
    this.prefix = prefix;
    this.progress = progress;
    this.outcomes = outcomes;
    this.notes = notes;
  }

  /** These, with names that begin so. */
  public Scores named(String prefix) {
    return new Scores(rounds, this.prefix + prefix, progress, outcomes, notes);
  }

  public void measure(Comparison comparison) {
    Comparison named = comparison.named(prefix + comparison.what());
    Outcome outcome = rounds.measure(named);
    outcomes.add(outcome);
    progress.printf("  %s: %s %s%n", named.what(), outcome.oursText(), outcome.failure());
  }

  /** Adds a sentence that belongs below the table. */
  public void note(String note) {
    notes.add(note);
    progress.printf("  %s%n", note);
  }

  /** What belongs below the table, in order. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** What came out so far, in order. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }
}

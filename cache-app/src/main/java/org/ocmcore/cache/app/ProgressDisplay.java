package org.ocmcore.cache.app;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobProgress;
import org.ocmcore.cache.domain.port.Scheduler;

/** Shows how far a job is, again and again until it is closed. For any number of threads. */
final class ProgressDisplay implements AutoCloseable {
  /** What a terminal shows behind the line when somebody has pressed these. */
  private static final String INTERRUPT = "^C";

  private final PrintStream err;
  private final Style style;
  private final ProgressLine line;
  private final Scheduler scheduler;
  private final Clock clock;
  private Job job;
  private Instant start;
  private boolean closed;

  /** The width of what stands in the terminal's line now. */
  private int drawn;

  /** How it is shown. */
  enum Style {
    /** As one line of a terminal that is drawn anew, and is gone at the end. */
    BAR(Duration.ofMillis(250)),
    /** As a line of its own each time. */
    LINES(Duration.ofSeconds(10)),
    /** Not at all. */
    NONE(Duration.ZERO);

    private final Duration pause;

    Style(Duration pause) {
      this.pause = pause;
    }
  }

  ProgressDisplay(
      PrintStream err, Style style, ProgressLine line, Scheduler scheduler, Clock clock) {
    this.err = err;
    this.style = style;
    this.line = line;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Begins to show this job. */
  synchronized void show(Job shown) {
    job = shown;
    start = clock.instant();
    goOn();
  }

  private void goOn() {
    if (style != Style.NONE) {
      scheduler.after(style.pause, this::showNow);
    }
  }

  private synchronized void showNow() {
    if (closed) {
      return;
    }
    JobProgress progress = job.snapshot().progress();
    Duration elapsed = Duration.between(start, clock.instant());
    if (style == Style.BAR) {
      draw(line.bar(progress, elapsed));
    } else {
      err.println("cache: " + line.plain(progress, elapsed));
    }
    goOn();
  }

  /** Blanks do what control sequences would, on every terminal. */
  private void draw(String text) {
    err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
    err.flush();
    drawn = text.length();
  }

  /** Shows nothing more; the terminal's line is free again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (drawn > 0) {
      drawn += INTERRUPT.length();
      draw("");
      err.print("\r");
      err.flush();
    }
  }
}

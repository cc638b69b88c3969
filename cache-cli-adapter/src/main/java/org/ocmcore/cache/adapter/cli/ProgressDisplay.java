package org.ocmcore.cache.adapter.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobProgress;
import org.ocmcore.cache.domain.port.Scheduler;

/** Shows the progress of a job until it is closed. Safe for use by any number of threads. */
final class ProgressDisplay implements AutoCloseable {
  private final Messages messages;
  private final Style style;
  private final ProgressLine line;
  private final Scheduler scheduler;
  private final Clock clock;
  private final DrawnLine drawn;
  private Job job;
  private Instant start;
  private boolean closed;

  /** The style of the display. */
  enum Style {
    /** One line of a terminal, which is redrawn and vanishes at the end. */
    BAR(Duration.ofMillis(250)),
    /** A new line each time. */
    LINES(Duration.ofSeconds(10)),
    /** Nothing. */
    NONE(Duration.ZERO);

    private final Duration pause;

    Style(Duration pause) {
      this.pause = pause;
    }
  }

  ProgressDisplay(
      Messages messages, Style style, ProgressLine line, Scheduler scheduler, Clock clock) {
    this.messages = messages;
    this.style = style;
    this.line = line;
    this.scheduler = scheduler;
    this.clock = clock;
    this.drawn = new DrawnLine(messages.stream());
  }

  /** Starts to show this job. */
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
      drawn.draw(line.bar(progress, elapsed));
    } else {
      messages.print(line.plain(progress, elapsed));
    }
    goOn();
  }

  /** Ends the display and frees the line of the terminal. */
  @Override
  public synchronized void close() {
    closed = true;
    drawn.close();
  }
}

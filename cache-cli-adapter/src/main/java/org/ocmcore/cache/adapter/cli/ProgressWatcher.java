package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.job.JobProgress;

/**
 * Shows the progress of work until it is closed, and wants its end if the process must end. For use
 * by one thread.
 */
final class ProgressWatcher implements Watcher, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final CommandContext context;
  private final ProgressDisplay.Style style;
  private final ProgressLine line;
  private final DrawnLine drawn;
  private final Instant start;
  private Instant next;
  private volatile boolean isInterrupted;

  ProgressWatcher(CommandContext context, ProgressDisplay.Style style, ProgressLine line) {
    this.context = context;
    this.style = style;
    this.line = line;
    drawn = new DrawnLine(context.messages().stream());
    start = context.clock().instant();
    next = start.plus(BETWEEN_LINES);
    context.interruption().react(() -> isInterrupted = true);
  }

  @Override
  public void show(JobProgress progress) {
    Instant now = context.clock().instant();
    Duration elapsed = Duration.between(start, now);
    switch (style) {
      case BAR -> drawn.draw(line.bar(progress, elapsed));
      case LINES -> {
        if (!now.isBefore(next)) {
          next = now.plus(BETWEEN_LINES);
          context.printMessage(line.plain(progress, elapsed));
        }
      }
      case NONE -> {
        // Only the end is shown.
      }
    }
  }

  @Override
  public boolean wantsEnd() {
    return isInterrupted;
  }

  @Override
  public void close() {
    context.interruption().react(() -> {});
    drawn.close();
  }
}

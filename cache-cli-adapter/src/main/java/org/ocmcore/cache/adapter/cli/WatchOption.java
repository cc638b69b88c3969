package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** The option of verbs that can show their result again and again. */
final class WatchOption implements CheckedOptions {
  /** Moves to the first place and clears the screen; ECMA-48. */
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private static final Duration LEAST = Duration.ofMillis(100);

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      description = "show it again after each TIME, such as 2s, until Ctrl-C")
  private String pause;

  /** Shows a result; returns the exit status. */
  interface Showing {
    int show() throws IOException;
  }

  /** @throws WrongUsage if the option is given */
  void requireAbsent(String reason) {
    if (pause != null) {
      throw FilterOptions.wrong("--watch", pause, reason + "; leave it out");
    }
  }

  /** @throws WrongUsage if it is no time, or too short */
  @Override
  public void check() {
    if (pause != null) {
      time();
    }
  }

  /**
   * Shows a result once, or until the process must end.
   *
   * @return the exit status of the last time
   */
  int repeat(CommandContext context, Showing showing) throws IOException {
    if (pause == null) {
      return showing.show();
    }
    Duration time = time();
    boolean isScreen = Terminal.isStandardOutput();
    CountDownLatch over = new CountDownLatch(1);
    context.interruption().open(over);
    while (true) {
      if (isScreen) {
        context.rawOut().print(CLEAR);
      }
      int status = showing.show();
      context.rawOut().flush();
      if (isOver(over, time) || context.isResultBroken()) {
        return status;
      }
    }
  }

  private Duration time() {
    try {
      Duration time = Durations.parse(pause);
      if (time.compareTo(LEAST) >= 0) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong("--watch", pause, e.getMessage());
    }
    throw FilterOptions.wrong("--watch", pause, "it must be at least 100ms");
  }

  private static boolean isOver(CountDownLatch over, Duration time) {
    try {
      return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}

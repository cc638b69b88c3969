package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.job.JobProgress;

/**
 * Formats progress in one line.
 *
 * @param work a word for the work
 * @param noun a word for the items
 * @param before what happens before the first item
 */
public record ProgressLine(String work, String noun, String before) {
  /** Fits into a terminal of 80 columns. */
  static final int WIDTH = 79;

  private static final int MAX_BAR = 30;
  private static final int MIN_BAR = 5;
  private static final int HUNDRED = 100;

  /** With a bar, at most {@value #WIDTH} characters. */
  String bar(JobProgress progress, Duration elapsed) {
    if (progress.expected().isEmpty()) {
      return cut("%s: %s  %s".formatted(work, before, Formats.time(elapsed)));
    }
    int percent = percent(progress);
    String figures = "  %s %s  %s/s  %s%s"
        .formatted(
            Formats.count(progress.done()),
            noun,
            Formats.count(Math.round(progress.perSecond())),
            Formats.bytes(progress.bytes()),
            progress
                .remaining()
                .map(left -> "  " + Formats.time(left) + " left")
                .orElse(""));
    String start = String.format(Locale.ROOT, "%s %3d%%", work, percent);
    int bar = Math.min(MAX_BAR, WIDTH - start.length() - figures.length() - " []".length());
    return cut(bar < MIN_BAR ? start + figures : start + " [" + bar(percent, bar) + "]" + figures);
  }

  private static String bar(int percent, int width) {
    int full = percent * width / HUNDRED;
    return "#".repeat(full) + "-".repeat(width - full);
  }

  private static String cut(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH);
  }

  /** In words, for a log. */
  public String plain(JobProgress progress, Duration elapsed) {
    OptionalLong expected = progress.expected();
    return expected.isEmpty()
        ? "%s: %s, for %s".formatted(work, before, Formats.time(elapsed))
        : "%s: %s of %s %s, %d%%, %s a second, %s, %s%s"
            .formatted(
                work,
                Formats.count(progress.done()),
                Formats.count(expected.getAsLong()),
                noun,
                percent(progress),
                Formats.count(Math.round(progress.perSecond())),
                Formats.bytes(progress.bytes()),
                progress
                    .remaining()
                    .map(left -> Formats.time(left) + " left")
                    .orElse("for " + Formats.time(elapsed)),
                progress.throttled().isZero()
                    ? ""
                    : ", paused " + Formats.time(progress.throttled())
                        + " to leave servers to others");
  }

  /** The expected number is an estimate and may be too small. */
  private static int percent(JobProgress progress) {
    long expected = progress.expected().orElse(0);
    return expected == 0
        ? HUNDRED
        : (int) Math.min(HUNDRED, (double) progress.done() / expected * HUNDRED);
  }
}

package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.cli.ProgressDisplay.Style;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.JobProgress;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.testing.ManualScheduler;
import org.ocmcore.cache.domain.testing.MutableClock;

class ProgressDisplayTest {
  private static final ProgressLine LINE = new ProgressLine("dump", "keys", "asking the servers");

  private final MutableClock clock = new MutableClock();
  private final ManualScheduler scheduler = new ManualScheduler(clock);
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Half of a thousand keys in 20 seconds, and then all. */
  private String shown(Style style) {
    Jobs jobs = new Jobs(Runnable::run, clock, job -> {});
    try (ProgressDisplay display = new ProgressDisplay(
        new Messages(new PrintStream(err, true, StandardCharsets.UTF_8)),
        style,
        LINE,
        scheduler,
        clock)) {
      jobs.run(JobKind.of("dump"), progress -> {
        display.show(jobs.recent().get(0));
        scheduler.advance(Duration.ofMillis(9_900));
        progress.expect(1_000);
        progress.advance(500, 2_048);
        scheduler.advance(Duration.ofMillis(10_200));
        progress.advance(500, 2_048);
        return null;
      });
    }
    scheduler.advance(Duration.ofSeconds(60));
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void progressWithoutTerminalIsALine() {
    assertEquals("""
        cache: dump: 500 of 1,000 keys, 50%, 5,000 a second, 2.0 KiB, 0 s left
        cache: dump: 500 of 1,000 keys, 50%, 0 a second, 2.0 KiB, for 20 s
        """, shown(Style.LINES));
  }

  @Test
  void progressOnATerminalIsRedrawnAndErased() {
    String[] frames = shown(Style.BAR).split("\r", -1);
    assertEquals("dump: asking the servers  0 s", frames[1]);
    assertTrue(frames.length > 80, frames.length + " frames");
    assertTrue(frames[45].startsWith("dump  50% [###############---------------]  500 keys"));
    assertTrue(frames[frames.length - 2].isBlank());
    assertEquals("", frames[frames.length - 1]);
    for (String frame : frames) {
      assertTrue(frame.chars().allMatch(c -> c >= ' ' && c < 0x7f), frame);
      assertTrue(frame.length() < 80, frame);
    }
  }

  @Test
  void quietlyNothingIsShown() {
    assertEquals("", shown(Style.NONE));
  }

  @Test
  void theLargestFiguresFitATerminal() {
    JobProgress large = new JobProgress(
        98_765_432_109L,
        OptionalLong.of(98_765_432_110L),
        Long.MAX_VALUE / 3,
        12_345_678,
        Duration.ZERO,
        Optional.of(Duration.ofSeconds(86_399)));
    String bar = new ProgressLine("restore", "entries", "").bar(large, Duration.ZERO);
    assertTrue(bar.length() <= ProgressLine.WIDTH, bar);
    assertTrue(bar.startsWith("restore  99%  98,765,432,109 entries  12,345,678/s"), bar);
  }

  @Test
  void moreThanWasExpectedIsAllOfIt() {
    JobProgress more =
        new JobProgress(12, OptionalLong.of(10), 0, 1, Duration.ZERO, Optional.of(Duration.ZERO));
    assertTrue(LINE.bar(more, Duration.ZERO).startsWith("dump 100% [##"));
  }
}

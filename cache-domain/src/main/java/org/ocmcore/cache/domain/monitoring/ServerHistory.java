package org.ocmcore.cache.domain.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.port.ServerStats;

/** What is remembered of one server. Safe for use by any number of threads. */
final class ServerHistory {
  private static final int FINE = 1_800;
  private static final int COARSE = 10_080;
  private static final int MAX_EVENTS = 1_000;

  private final SampleRing fine = new SampleRing(FINE, StatsHistory.FINE_STEP);
  private final SampleRing coarse = new SampleRing(COARSE, StatsHistory.COARSE_STEP);
  private final Deque<ServerEvent> events = new ArrayDeque<>();
  private Optional<ServerStats> last = Optional.empty();
  private boolean isLost;
  private boolean isUp;

  synchronized void answered(Instant now, ServerStats stats) {
    if (isLost) {
      add(now, ServerEvent.Kind.BACK, OptionalLong.empty());
    }
    last.ifPresent(before -> compare(now, before, stats));
    isLost = false;
    isUp = true;
    last = Optional.of(stats);
    StatsSample sample = StatsSample.of(now, stats);
    fine.offer(sample);
    coarse.offer(sample);
  }

  private void compare(Instant now, ServerStats before, ServerStats stats) {
    if (!before.process().equals(stats.process())) {
      add(now, ServerEvent.Kind.RESTART, OptionalLong.of(before.currentItems()));
    } else if (stats.flushes() > before.flushes()) {
      add(now, ServerEvent.Kind.FLUSH, OptionalLong.of(before.currentItems()));
    }
  }

  synchronized void unanswered(Instant now) {
    if (!isLost) {
      add(now, ServerEvent.Kind.LOST, OptionalLong.empty());
    }
    isLost = true;
    isUp = false;
  }

  private void add(Instant at, ServerEvent.Kind kind, OptionalLong itemsBefore) {
    events.add(new ServerEvent(at, kind, itemsBefore));
    if (events.size() > MAX_EVENTS) {
      events.remove();
    }
  }

  /** Whether it has answered the last time. */
  synchronized boolean isUp() {
    return isUp;
  }

  synchronized StatsHistory.Server since(String server, Instant since, Duration step) {
    SampleRing ring = step.compareTo(StatsHistory.COARSE_STEP) < 0 ? fine : coarse;
    List<ServerEvent> later =
        events.stream().filter(event -> !event.at().isBefore(since)).toList();
    return new StatsHistory.Server(server, ring.since(since, step), later);
  }
}

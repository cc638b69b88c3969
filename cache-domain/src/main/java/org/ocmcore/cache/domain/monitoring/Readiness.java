package org.ocmcore.cache.domain.monitoring;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.port.DumpPlace;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.ServerTracking;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/**
 * Whether the service can serve. Asks no server: it judges by the last health checks and walks.
 * Safe for use by any number of threads.
 */
public final class Readiness {
  /** Less space than this in the folder of dumps is too little. */
  static final long LEAST_FREE_BYTES = 64L << 20;

  /** Walks may be late by this. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final KeyTracker tracker;
  private final StatsHistory history;
  private final TrackingPolicy policy;
  private final DumpPort dumps;
  private final Clock clock;
  private volatile boolean isStarted;

  public Readiness(
      KeyTracker tracker,
      StatsHistory history,
      TrackingPolicy policy,
      DumpPort dumps,
      Clock clock) {
    this.tracker = tracker;
    this.history = history;
    this.policy = policy;
    this.dumps = dumps;
    this.clock = clock;
  }

  /**
   * A check.
   *
   * @param name of what is checked
   * @param problem why it failed, in words that tell strangers nothing of servers or files; empty
   *     if it did not
   */
  public record Check(String name, Optional<String> problem) {
    /** Whether it did not fail. */
    public boolean isOk() {
      return problem.isEmpty();
    }
  }

  /** All checks, in a fixed order. */
  public record Report(List<Check> checks) {
    public Report {
      checks = List.copyOf(checks);
    }

    /** Whether no check failed. */
    public boolean isReady() {
      return checks.stream().allMatch(Check::isOk);
    }
  }

  /** The start is over, with the restore that belongs to it. */
  public void started() {
    isStarted = true;
  }

  /** Checks everything now. */
  public Report report() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check(
        "start", isStarted ? Optional.empty() : Optional.of("the restore at start is not over")));
    List<ServerTracking> servers = tracker.known().servers();
    for (ServerTracking server : servers) {
      checks.add(new Check(
          "server " + server.server(),
          history.isUp(server.server()) ? Optional.empty() : Optional.of("it does not answer")));
    }
    for (ServerTracking server : servers) {
      checks.add(new Check("index " + server.server(), staleness(server)));
    }
    DumpPlace place = dumps.place();
    checks.add(new Check(
        "dump-folder",
        place.problem().isEmpty() ? Optional.empty() : Optional.of("it cannot be written")));
    checks.add(new Check("dump-space", shortage(place)));
    return new Report(checks);
  }

  /** A server that does not allow walks is as well known as it can be. */
  private Optional<String> staleness(ServerTracking server) {
    if (server.mode() == ServerTracking.Mode.OWN_WRITES) {
      return Optional.empty();
    }
    if (server.lastWalk().isEmpty()) {
      return Optional.of("its keys are not known yet");
    }
    ServerTracking.Walk walk = server.lastWalk().get();
    Duration age = Duration.between(walk.begin(), clock.instant());
    Duration most = policy.interval().plus(walk.duration().multipliedBy(10)).multipliedBy(2);
    return age.compareTo(most.plus(PATIENCE)) > 0
        ? Optional.of("the last complete walk began %d s ago".formatted(age.toSeconds()))
        : Optional.empty();
  }

  private static Optional<String> shortage(DumpPlace place) {
    return place.freeBytes().isPresent() && place.freeBytes().getAsLong() < LEAST_FREE_BYTES
        ? Optional.of("less than %d MiB are free".formatted(LEAST_FREE_BYTES >> 20))
        : Optional.empty();
  }
}

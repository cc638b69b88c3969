package org.ocmcore.cache.domain.dump;

import java.time.Duration;

/** Passes events to two receivers, one after the other. */
record BothDumpEvents(DumpEvents first, DumpEvents second) implements DumpEvents {
  @Override
  public void written(DumpResult report) {
    first.written(report);
    second.written(report);
  }

  @Override
  public void failed(RuntimeException failure) {
    first.failed(failure);
    second.failed(failure);
  }

  @Override
  public void skipped(String reason) {
    first.skipped(reason);
    second.skipped(reason);
  }

  @Override
  public void throttled(String server, Duration latency, Duration leftAlone) {
    first.throttled(server, latency, leftAlone);
    second.throttled(server, latency, leftAlone);
  }

  @Override
  public void notRemoved(RuntimeException failure) {
    first.notRemoved(failure);
    second.notRemoved(failure);
  }
}

package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpResult;

/** Remembers what it was told, oldest first. For any number of threads. */
public final class RecordedEvents implements DumpEvents {
  private final List<String> told = new CopyOnWriteArrayList<>();

  /**
   * What it was told: {@code written 3}, {@code failed: why}, {@code skipped: why},
   * {@code throttled for a:1}, {@code not removed: why}.
   */
  public List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void written(DumpResult report) {
    told.add("written " + report.dump().entries());
  }

  @Override
  public void failed(RuntimeException failure) {
    told.add("failed: " + failure.getMessage());
  }

  @Override
  public void skipped(String reason) {
    told.add("skipped: " + reason);
  }

  @Override
  public void throttled(String server, Duration latency, Duration leftAlone) {
    told.add("throttled for " + server);
  }

  @Override
  public void notRemoved(RuntimeException failure) {
    told.add("not removed: " + failure.getMessage());
  }
}

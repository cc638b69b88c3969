package org.ocmcore.cache.domain.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpResult;

/** Records each event, oldest first. For any number of threads. */
public final class RecordedEvents implements DumpEvents {
  private final List<String> reported = new CopyOnWriteArrayList<>();

  /**
   * The events: {@code written 3}, {@code failed: why}, {@code skipped: why}, {@code throttled for
   * a:1}, {@code not removed: why}.
   */
  public List<String> reported() {
    return List.copyOf(reported);
  }

  @Override
  public void written(DumpResult report) {
    reported.add("written " + report.dump().entries());
  }

  @Override
  public void failed(RuntimeException failure) {
    reported.add("failed: " + failure.getMessage());
  }

  @Override
  public void skipped(String reason) {
    reported.add("skipped: " + reason);
  }

  @Override
  public void throttled(String server, Duration latency, Duration leftAlone) {
    reported.add("throttled for " + server);
  }

  @Override
  public void notRemoved(RuntimeException failure) {
    reported.add("not removed: " + failure.getMessage());
  }
}

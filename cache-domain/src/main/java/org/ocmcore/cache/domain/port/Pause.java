package org.ocmcore.cache.domain.port;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
public interface Pause {
  /** Waits for this time; returns at once if it is not positive. */
  void sleep(Duration time) throws InterruptedException;
}

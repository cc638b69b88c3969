package org.ocmcore.cache.domain.port;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Pause {
  /** Returns when this time has passed, or at once if it is not positive. */
  void sleep(Duration time) throws InterruptedException;
}

package org.ocmcore.cache.domain.dump;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.error.OperationRunning;

/** Lets one dump or restore run at a time. For any number of threads. */
public final class DumpLock {
  private final AtomicReference<String> running = new AtomicReference<>();

  /**
   * Does the work while nothing else has the lock.
   *
   * @param operation what it is, as it is told to others: "dump", "restore"
   * @throws OperationRunning if something else has the lock; does not wait
   */
  <T> T alone(String operation, Supplier<T> work) {
    String other = running.compareAndExchange(null, operation);
    if (other != null) {
      throw new OperationRunning(other);
    }
    try {
      return work.get();
    } finally {
      running.set(null);
    }
  }
}

package org.ocmcore.cache.adapter.memory;

import java.util.Iterator;
import java.util.function.Predicate;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.BulkPort.KeyVisitor;
import org.ocmcore.cache.domain.port.KeyOutcome;

/** Works on one key after the other, until the thread is interrupted. */
final class BulkLoop {
  private BulkLoop() {}

  /** @param change returns whether the key existed */
  static <T> void change(
      String operation, Iterator<T> keys, Predicate<T> change, KeyVisitor<T> visitor) {
    while (keys.hasNext()) {
      T key = keys.next();
      requireNotInterrupted(operation);
      visitor.visit(key, change.test(key) ? KeyOutcome.DONE : KeyOutcome.ABSENT, "");
    }
  }

  static void requireNotInterrupted(String operation) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreUnavailable(MemoryCache.SERVER, operation, "interrupted");
    }
  }
}

package org.ocmcore.cache.domain.tracking;

import java.util.Set;
import org.ocmcore.cache.domain.port.ChangeListener;

/** Our own work on many keys of one server. Safe for use by any number of threads. */
final class OwnWork {
  private final OwnChanges stores = new OwnChanges();
  private final OwnChanges deletions = new OwnChanges();
  private int running;

  /** Our stores that the feed has yet to report. */
  OwnChanges stores() {
    return stores;
  }

  /** Our deletions that the feed has yet to report. */
  OwnChanges deletions() {
    return deletions;
  }

  synchronized void begin() {
    running++;
  }

  synchronized void end() {
    running--;
  }

  synchronized boolean isRunning() {
    return running > 0;
  }

  /** Notes the kinds of changes that a feed reports from now on; none if it has ended. */
  void report(Set<ChangeListener.Kind> kinds) {
    stores.report(kinds.contains(ChangeListener.Kind.MUTATIONS));
    deletions.report(kinds.contains(ChangeListener.Kind.DELETIONS));
  }
}

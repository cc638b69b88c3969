package org.ocmcore.cache.domain.tracking;

import org.ocmcore.cache.domain.error.StoreUnavailable;

/** Is told how tracking goes, by the thread that does it. */
public interface TrackingEvents {
  /** A server's keys are tracked in another way than before. */
  void changed(String server, ServerTracking.Mode mode);

  /** Changes of some kind on a server are not followed, for this reason; may be told again. */
  void feedWithheld(String server, String reason);

  /** A server is walked before its time, for this reason. */
  void walkingAtOnce(String server, String reason);

  /** A server was walked. */
  void walked(String server, ServerTracking.Walk walk);

  /** A server could not be walked; whoever waits for it is told as well. */
  void notWalked(String server, StoreUnavailable failure);

  /** A walk ended in a failure of our own: memory ran out, or a bug. */
  void broken(String server, Throwable failure);
}

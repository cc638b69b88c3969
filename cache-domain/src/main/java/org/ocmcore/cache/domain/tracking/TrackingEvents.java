package org.ocmcore.cache.domain.tracking;

import org.ocmcore.cache.domain.error.StoreUnavailable;

/** Receives events of the tracking, on the thread where they happen. */
public interface TrackingEvents {
  /** The sources of the keys of a server have changed. */
  void changed(String server, ServerTracking.Mode mode);

  /** Some kinds of changes on a server are not followed, for this reason. May be reported again. */
  void feedWithheld(String server, String reason);

  /** A server is walked before its time, for this reason. */
  void walkingAtOnce(String server, String reason);

  /** A server was walked. */
  void walked(String server, ServerTracking.Walk walk);

  /** A walk failed. Callers that wait for it receive the failure, too. */
  void notWalked(String server, StoreUnavailable failure);

  /** A walk ended with an error of our own: memory ran out, or a bug. */
  void broken(String server, Throwable failure);

  /** Receives the same, and then the other does. */
  default TrackingEvents and(TrackingEvents other) {
    return new BothTrackingEvents(this, other);
  }
}

package org.ocmcore.cache.domain.tracking;

import org.ocmcore.cache.domain.error.StoreUnavailable;

/** Passes events to two receivers, one after the other. */
record BothTrackingEvents(TrackingEvents first, TrackingEvents second) implements TrackingEvents {
  @Override
  public void changed(String server, ServerTracking.Mode mode) {
    first.changed(server, mode);
    second.changed(server, mode);
  }

  @Override
  public void feedWithheld(String server, String reason) {
    first.feedWithheld(server, reason);
    second.feedWithheld(server, reason);
  }

  @Override
  public void walkingAtOnce(String server, String reason) {
    first.walkingAtOnce(server, reason);
    second.walkingAtOnce(server, reason);
  }

  @Override
  public void walked(String server, ServerTracking.Walk walk) {
    first.walked(server, walk);
    second.walked(server, walk);
  }

  @Override
  public void notWalked(String server, StoreUnavailable failure) {
    first.notWalked(server, failure);
    second.notWalked(server, failure);
  }

  @Override
  public void broken(String server, Throwable failure) {
    first.broken(server, failure);
    second.broken(server, failure);
  }
}

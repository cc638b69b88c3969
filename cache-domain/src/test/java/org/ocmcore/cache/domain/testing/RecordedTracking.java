package org.ocmcore.cache.domain.testing;

import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.tracking.ServerTracking;
import org.ocmcore.cache.domain.tracking.TrackingEvents;

/** Records the events of tracking, a line each. For any number of threads. */
public final class RecordedTracking implements TrackingEvents {
  private final List<String> lines = new ArrayList<>();

  /** The events so far. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public synchronized void changed(String server, ServerTracking.Mode mode) {
    lines.add(server + " by " + mode);
  }

  @Override
  public synchronized void feedWithheld(String server, String reason) {
    lines.add(server + " withheld: " + reason);
  }

  @Override
  public synchronized void walkingAtOnce(String server, String reason) {
    lines.add(server + " at once: " + reason);
  }

  @Override
  public synchronized void walked(String server, ServerTracking.Walk walk) {
    lines.add(server + " walked: " + walk.keys());
  }

  @Override
  public synchronized void notWalked(String server, StoreUnavailable failure) {
    lines.add(server + " not walked: " + failure.reason());
  }

  @Override
  public synchronized void broken(String server, Throwable failure) {
    lines.add(server + " broken: " + failure.getMessage());
  }
}

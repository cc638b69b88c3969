package org.ocmcore.cache.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.tracking.ServerTracking;
import org.ocmcore.cache.domain.tracking.TrackingEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the tracking. Logs a failing walk once, until a walk succeeds or fails in another way, and
 * what a flapping server causes once a minute.
 */
final class TrackingLog implements TrackingEvents {
  private static final Logger LOG = LoggerFactory.getLogger(TrackingLog.class);

  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Map<String, String> withheld = new ConcurrentHashMap<>();
  private final LogLimit limit = new LogLimit(System::nanoTime);

  @Override
  public void changed(String server, ServerTracking.Mode mode) {
    limit
        .pass("mode " + server + mode)
        .ifPresent(held -> LOG.info("the keys of {} are tracked by {}{}", server, mode, held));
  }

  @Override
  public void feedWithheld(String server, String reason) {
    if (!reason.equals(withheld.put(server, reason))) {
      LOG.warn("{}: {}", server, reason);
    }
  }

  @Override
  public void walkingAtOnce(String server, String reason) {
    limit
        .pass("walk " + server)
        .ifPresent(
            held -> LOG.info("the keys of {} are walked at once: {}{}", server, reason, held));
  }

  @Override
  public void walked(String server, ServerTracking.Walk walk) {
    failures.remove(server);
    LOG.debug(
        "{} keys of {} walked, {} ms", walk.keys(), server, walk.duration().toMillis());
  }

  @Override
  public void notWalked(String server, StoreUnavailable failure) {
    if (!failure.reason().equals(failures.put(server, failure.reason()))) {
      limit
          .pass("failure " + server)
          .ifPresent(held ->
              LOG.warn("the keys of {} cannot be walked: {}{}", server, failure.reason(), held));
    }
  }

  @Override
  public void broken(String server, Throwable failure) {
    LOG.error("a walk over the keys of {} broke", server, failure);
    MemoryExit.consider(failure);
  }
}

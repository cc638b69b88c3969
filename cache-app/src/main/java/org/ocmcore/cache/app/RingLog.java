package org.ocmcore.cache.app;

import java.util.function.Consumer;
import org.ocmcore.cache.domain.tracking.RingFit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which ring fits the keys on the servers. */
final class RingLog implements Consumer<RingFit> {
  private static final Logger LOG = LoggerFactory.getLogger(RingLog.class);

  @Override
  public void accept(RingFit fit) {
    if (fit.isCurrentFitting()) {
      LOG.info("{}", fit.sentence());
    } else if (fit.fitting().isPresent()) {
      LOG.warn(
          "{}: set {}={}", fit.sentence(), Setting.MEMCACHED_RING, fit.fitting().get());
    } else {
      LOG.warn(
          "{}; other clients may not find the new keys of this service, unless {} is theirs",
          fit.sentence(),
          Setting.MEMCACHED_RING);
    }
  }
}

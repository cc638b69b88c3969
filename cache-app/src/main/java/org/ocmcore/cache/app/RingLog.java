package org.ocmcore.cache.app;

import java.util.function.Consumer;
import org.ocmcore.cache.domain.tracking.RingFit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Logs which ring fits the keys on the servers. */
final class RingLog implements Consumer<RingFit> {
  private static final Logger LOG = LoggerFactory.getLogger(RingLog.class);

  @Override
  public void accept(RingFit fit) {
    LOG.atLevel(fit.isCurrentFitting() ? Level.INFO : Level.WARN).log(advice(fit));
  }

  /** Which ring fits, and what to do if another one is in use; a sentence without its full stop. */
  static String advice(RingFit fit) {
    if (fit.isCurrentFitting()) {
      return fit.sentence();
    }
    return fit.fitting().isPresent()
        ? "%s: set %s=%s"
            .formatted(fit.sentence(), Setting.MEMCACHED_RING, fit.fitting().get())
        : "%s; other clients may not find the new keys of this service, unless %s is theirs"
            .formatted(fit.sentence(), Setting.MEMCACHED_RING);
  }
}

package org.ocmcore.cache.app;

import java.time.Duration;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs dumps. */
final class DumpLog implements DumpEvents {
  private static final Logger LOG = LoggerFactory.getLogger(DumpLog.class);

  @Override
  public void written(DumpResult report) {
    LOG.info(
        "dump {} written: {} of {} keys, {} bytes, skipped {}, {} ms",
        report.dump().name(),
        report.dump().entries(),
        report.account().sum(ServerAccount::seen),
        report.dump().bytes(),
        report.skipped(),
        report.duration().toMillis());
    for (ServerAccount server : report.account().servers()) {
      if (report.account().servers().size() > 1) {
        LOG.info(
            "dump {}: of {} seen {}, written {}, gone {}, expired {}, elsewhere {}, stale {},"
                + " too large {}, failed {}",
            report.dump().name(),
            server.server(),
            server.seen(),
            server.written(),
            server.gone(),
            server.expired(),
            server.elsewhere(),
            server.stale(),
            server.tooLarge(),
            server.failed());
      }
      server
          .failure()
          .ifPresent(reason -> LOG.warn(
              "dump {} lacks keys of {}: {}", report.dump().name(), server.server(), reason));
    }
  }

  @Override
  public void failed(RuntimeException failure) {
    if (failure instanceof Cancelled) {
      LOG.warn("no dump: {}", failure.getMessage());
    } else if (failure instanceof CacheException) {
      LOG.error("dump failed: {}", failure.getMessage());
    } else {
      LOG.error("dump failed", failure);
    }
  }

  @Override
  public void skipped(String reason) {
    LOG.warn("automatic dump skipped: {}", reason);
  }

  @Override
  public void throttled(String server, Duration latency, Duration leftAlone) {
    LOG.warn(
        "the dump pauses for {} again and again: it answers after {} ms, and after {} ms when it is"
            + " left alone; CACHE_DUMP_MAX_LATENCY_MS says how much later is too late",
        server,
        latency.toMillis(),
        leftAlone.toMillis());
  }

  @Override
  public void notRemoved(RuntimeException failure) {
    LOG.warn("an older dump could not be removed: {}", failure.getMessage());
  }
}

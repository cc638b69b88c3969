package org.ocmcore.cache.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.error.OutsideApps;
import org.ocmcore.cache.domain.monitoring.Readiness;
import org.ocmcore.cache.domain.monitoring.StatsHistory;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.query.AppRule;

/** The use cases of monitoring. Safe for use by any number of threads. */
public final class CacheMonitor {
  private final Readiness readiness;
  private final StatsHistory history;
  private final AppRule apps;
  private final CallAudit audit;

  /** @param audit records what callers may not see */
  public CacheMonitor(
      Readiness readiness, StatsHistory history, AppRule apps, AuditPort audit, Clock clock) {
    this(readiness, history, apps, new CallAudit(audit, clock, Caller.SERVICE));
  }

  private CacheMonitor(Readiness readiness, StatsHistory history, AppRule apps, CallAudit audit) {
    this.readiness = readiness;
    this.history = history;
    this.apps = apps;
    this.audit = audit;
  }

  /** The same for this caller. */
  public CacheMonitor as(Caller caller) {
    return new CacheMonitor(
        readiness, history, apps, new CallAudit(audit.log(), audit.clock(), caller));
  }

  /**
   * Checks that the caller may see the metrics, which are about all apps.
   *
   * @throws OutsideApps unless the caller may see all apps
   */
  public void requireMetrics() {
    requireAll("metrics");
  }

  /** Whether the service can serve. Everybody may ask, and no server is asked. */
  public Readiness.Report readiness() {
    return readiness.report();
  }

  /**
   * The statistics of all servers since then; see {@link StatsHistory#since}.
   *
   * @throws OutsideApps unless the caller may see all apps
   */
  public StatsHistory.Past history(Instant since, Duration step) {
    requireAll("stats-history");
    return history.since(since, step);
  }

  private void requireAll(String operation) {
    audit.requireAllowed(
        AuditedCall.of(operation), () -> new CallerKeys(audit.caller(), apps).requireAll());
  }
}

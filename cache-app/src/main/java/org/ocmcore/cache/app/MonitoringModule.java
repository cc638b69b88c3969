package org.ocmcore.cache.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.ocmcore.cache.adapter.http.HttpMonitoring;
import org.ocmcore.cache.adapter.http.MetricsSource;
import org.ocmcore.cache.adapter.http.RequestEvents;
import org.ocmcore.cache.adapter.prometheus.PrometheusEvents;
import org.ocmcore.cache.adapter.prometheus.PrometheusMetrics;
import org.ocmcore.cache.adapter.prometheus.ServiceState;
import org.ocmcore.cache.domain.CacheMonitor;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.monitoring.FleetCounters;
import org.ocmcore.cache.domain.monitoring.KeyFiguresCache;
import org.ocmcore.cache.domain.monitoring.Readiness;
import org.ocmcore.cache.domain.monitoring.StatsHistory;
import org.ocmcore.cache.domain.port.AuditPort;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/** Binds what monitoring systems ask for. */
final class MonitoringModule extends AbstractModule {
  /** Counts from the beginning, so it depends on nothing. */
  @Provides
  @Singleton
  static PrometheusEvents events() {
    return new PrometheusEvents();
  }

  @Provides
  @Singleton
  static ServiceState state(
      KeyspacePort keyspace,
      KeyTracker tracker,
      AppRule apps,
      DumpPort dumps,
      AutoDump autoDump,
      Jobs jobs,
      ExecutorService executor,
      Clock clock) {
    return new ServiceState(
        new FleetCounters(keyspace, executor),
        tracker,
        new KeyFiguresCache(tracker, apps, new Workers(executor), clock),
        dumps,
        autoDump,
        jobs);
  }

  @Provides
  @Singleton
  static PrometheusMetrics metrics(
      PrometheusEvents events, ServiceState state, AppConfig config, Clock clock) {
    return new PrometheusMetrics(events, state, config.metrics().slabs(), clock);
  }

  @Provides
  @Singleton
  static StatsHistory history(KeyspacePort keyspace, Clock clock) {
    return new StatsHistory(keyspace::servers, clock);
  }

  @Provides
  @Singleton
  static Readiness readiness(
      KeyTracker tracker, StatsHistory history, AppConfig config, DumpPort dumps, Clock clock) {
    return new Readiness(tracker, history, config.tracking(), dumps, clock);
  }

  @Provides
  @Singleton
  static CacheMonitor monitor(
      Readiness readiness, StatsHistory history, AppRule apps, AuditPort audit, Clock clock) {
    return new CacheMonitor(readiness, history, apps, audit, clock);
  }

  @Provides
  @Singleton
  static HttpMonitoring http(
      CacheMonitor monitor, PrometheusMetrics metrics, PrometheusEvents events, AppConfig config) {
    return new HttpMonitoring(
        monitor, accept -> page(metrics.scrape(accept)), config.metrics().isPublic(), to(events));
  }

  private static MetricsSource.Page page(PrometheusMetrics.Scrape scrape) {
    return new MetricsSource.Page(scrape.contentType(), scrape.body());
  }

  private static RequestEvents to(PrometheusEvents events) {
    return new RequestEvents() {
      @Override
      public void answered(String method, String route, int status, Duration duration) {
        events.answered(method, route, status, duration);
      }

      @Override
      public void refused(String kind) {
        events.refused(kind);
      }
    };
  }
}

package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.CacheMonitor;
import org.ocmcore.cache.domain.CallerUseCases;

/** The routes for monitoring systems. Most of them stand outside of the API. */
final class MonitoringRoutes {
  private static final String METRICS = "/metrics";
  private static final String LIVE = "/livez";
  private static final String READY = "/readyz";

  private final HttpMonitoring monitoring;
  private final Clock clock;

  MonitoringRoutes(HttpMonitoring monitoring, Clock clock) {
    this.monitoring = monitoring;
    this.clock = clock;
  }

  /** What answers at each path outside of the API. */
  List<OuterRoute> routes() {
    return List.of(
        new OuterRoute(
            LIVE, ServiceDescriptions::live, context -> HttpAnswer.ok(TextPage.plain("ok\n"))),
        new OuterRoute(READY, ServiceDescriptions::ready, this::readiness),
        new OuterRoute(
            METRICS, () -> ServiceDescriptions.metrics(monitoring.isPublic()), this::metrics));
  }

  /** The routes of the API itself. */
  List<Route<?>> apiRoutes() {
    return List.of(Route.reading(
        "/stats/history",
        ServiceDescriptions::history,
        request -> HistoryRequest.parse(request, clock),
        this::history));
  }

  /** The paths that need no token, as they may be written, below the base path. */
  static Set<String> openPaths(Optional<HttpMonitoring> monitoring, String basePath) {
    return monitoring.stream()
        .flatMap(
            given -> given.isPublic() ? Stream.of(LIVE, READY, METRICS) : Stream.of(LIVE, READY))
        .flatMap(path -> Stream.of(basePath + path, basePath + path + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private HttpAnswer history(HistoryRequest request, CallerUseCases cases) {
    CacheMonitor monitor = monitoring.monitor().as(cases.caller());
    return HttpAnswer.ok(HistoryAnswer.of(monitor.history(request.since(), request.step())));
  }

  private HttpAnswer readiness(Context context) {
    ReadinessAnswer answer = ReadinessAnswer.of(monitoring.monitor().readiness());
    boolean isVerbose = context.queryParamMap().containsKey("verbose");
    boolean wantsJson = accept(context).contains("application/json");
    return HttpAnswer.withStatus(
        answer.status(), wantsJson ? answer : TextPage.plain(answer.text(isVerbose)));
  }

  private HttpAnswer metrics(Context context) {
    if (!monitoring.isPublic()) {
      monitoring.monitor().as(Authentication.caller(context.req())).requireMetrics();
    }
    MetricsSource.Page page = monitoring.metrics().page(accept(context));
    return HttpAnswer.ok(new TextPage(page.contentType(), page.bytes()));
  }

  private static String accept(Context context) {
    return Optional.ofNullable(context.header(Header.ACCEPT)).orElse("");
  }
}

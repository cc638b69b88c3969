package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.CallerUseCases;

/** The routes that say where to begin. They ask no server. */
final class IndexRoutes {
  private static final List<String> READING = List.of(
      "service/",
      "stats/",
      "stats/history/",
      "check/",
      "settings/",
      "keys/",
      "tree/",
      "analysis/",
      "apps/stats/",
      "apps/registry/",
      "auto-dump/",
      "dumps/",
      "jobs/");

  private final ServiceInfo service;
  private final String basePath;
  private final int bodyBytes;

  /**
   * @param basePath the path that all others are below
   * @param bodyBytes the most bytes of a body
   */
  IndexRoutes(ServiceInfo service, String basePath, int bodyBytes) {
    this.service = service;
    this.basePath = basePath;
    this.bodyBytes = bodyBytes;
  }

  List<Route<?>> routes() {
    return List.of(
        Route.reading("", ServiceDescriptions::index, Route.Empty::parse, this::ofApi),
        Route.reading(
            "/service", ServiceDescriptions::service, Route.Empty::parse, this::ofService));
  }

  /** The route of the base path itself. */
  OuterRoute root() {
    return new OuterRoute(basePath.isEmpty() ? "/" : "", ServiceDescriptions::root, this::ofAll);
  }

  private HttpAnswer ofApi(Route.Empty request, CallerUseCases cases) {
    Map<String, String> links = new LinkedHashMap<>();
    for (String path : READING) {
      String name = path.substring(0, path.length() - 1).replaceAll("[/-]", "_");
      links.put(name, basePath + HttpApi.BASE + "/" + path);
    }
    addDocs(links);
    return answer(links);
  }

  private void addDocs(Map<String, String> links) {
    links.put("console", basePath + ConsoleRoutes.PAGE + "/");
    links.put("docs", basePath + DocsRoutes.PAGE + "/");
    links.put("openapi", basePath + DocsRoutes.DOCUMENT);
  }

  private HttpAnswer ofService(Route.Empty request, CallerUseCases cases) {
    return HttpAnswer.ok(ServiceAnswer.of(service, cases, bodyBytes));
  }

  private HttpAnswer ofAll(Context context) {
    Map<String, String> varying = Map.of(Header.VARY, Header.ACCEPT);
    if (OpenRequests.wantsPage(Optional.ofNullable(context.header(Header.ACCEPT)))) {
      Map<String, String> headers = new HashMap<>(varying);
      headers.put(Header.LOCATION, basePath + ConsoleRoutes.PAGE + "/");
      return new HttpAnswer(302, headers, new HttpAnswer.NoBody());
    }
    Map<String, String> links = new LinkedHashMap<>();
    links.put("api", basePath + HttpApi.BASE + "/");
    addDocs(links);
    return new HttpAnswer(200, varying, answer(links).body());
  }

  private HttpAnswer answer(Map<String, String> links) {
    return HttpAnswer.ok(
        new IndexAnswer(ServiceInfo.NAME, service.version(), service.environment(), links));
  }
}

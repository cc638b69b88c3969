package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of the API: as an OpenAPI document, and as a page with Swagger UI. Both need no
 * token, as they say nothing about what this service holds. Safe for use by any number of threads.
 */
final class DocsRoutes {
  static final String DOCUMENT = "/openapi.json";
  static final String PAGE = "/docs";

  private static final String OWN = "/org/ocmcore/cache/adapter/http/docs/";

  /** Images in data: URLs are icons of its style sheet. */
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
      + "img-src 'self' data:; connect-src 'self'; "
      + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** What the page loads. */
  static final List<StaticFile> FILES = List.of(
      StaticFile.own(OWN, "docs.js"),
      StaticFile.own(OWN, "docs.css"),
      swagger("swagger-ui.css"),
      swagger("swagger-ui-bundle.js"));

  private final StaticPage page;
  private final Supplier<Map<String, Object>> document;
  private final JsonMapper json;

  /** @param document makes the document; asked once */
  DocsRoutes(String basePath, Supplier<Map<String, Object>> document, JsonMapper json) {
    this.page = new StaticPage(
        basePath, PAGE, StaticFile.own(OWN, "index.html")::page, FILES, () -> POLICY);
    this.document = document;
    this.json = json;
  }

  private static StaticFile swagger(String name) {
    return new StaticFile(
        name, "/META-INF/resources/webjars/swagger-ui/{version}/" + name, "org.webjars/swagger-ui");
  }

  /** What answers at each path. */
  List<OuterRoute> routes() {
    return List.of(
        new OuterRoute(DOCUMENT, ServiceDescriptions::document, this::document),
        new OuterRoute(PAGE, ServiceDescriptions::docs, page::page),
        new OuterRoute(
            PAGE + "/{file}",
            () -> ServiceDescriptions.docsFile(
                FILES.stream().map(StaticFile::name).sorted().toList()),
            context -> page.file(context.pathParam("file"), context)));
  }

  /** The paths that need no token. */
  static Set<String> openPaths(String basePath) {
    return Stream.concat(
            StaticPage.openPaths(basePath, PAGE, FILES).stream(),
            Stream.of(basePath + DOCUMENT, basePath + DOCUMENT + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private HttpAnswer document(Context context) {
    return page.kept(
        DOCUMENT,
        context,
        () -> new TextPage("application/json", json.writeValueAsBytes(document.get())));
  }
}

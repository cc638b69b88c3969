package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The description of the API: as an OpenAPI document, and as a page with Swagger UI. Both need no
 * token, as they say nothing about what this service holds. They are made when somebody asks for
 * them first, and kept. Safe for use by any number of threads.
 */
final class DocsRoutes {
  static final String DOCUMENT = "/openapi.json";
  static final String PAGE = "/docs";

  /** The version of the webjar, which is a part of the names of its files. */
  static final String SWAGGER_UI = "5.34.1";

  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/" + SWAGGER_UI + "/";

  /** Images in data: URLs are icons of its style sheet. */
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
      + "img-src 'self' data:; connect-src 'self'; "
      + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** A file of the page. @param resource where it is on the class path */
  private record StaticFile(String path, String resource, String contentType) {}

  private static final List<StaticFile> FILES = List.of(
      new StaticFile("", "docs/index.html", "text/html; charset=utf-8"),
      new StaticFile("/docs.js", "docs/docs.js", "text/javascript; charset=utf-8"),
      new StaticFile("/docs.css", "docs/docs.css", "text/css; charset=utf-8"),
      new StaticFile("/swagger-ui.css", WEBJAR + "swagger-ui.css", "text/css; charset=utf-8"),
      new StaticFile(
          "/swagger-ui-bundle.js",
          WEBJAR + "swagger-ui-bundle.js",
          "text/javascript; charset=utf-8"));

  private final String basePath;
  private final Supplier<Map<String, Object>> document;
  private final JsonMapper json;
  private final Map<String, TaggedPage> made = new HashMap<>();

  /** @param document makes the document; asked once */
  DocsRoutes(String basePath, Supplier<Map<String, Object>> document, JsonMapper json) {
    this.basePath = basePath;
    this.document = document;
    this.json = json;
  }

  /** What answers at each path. */
  List<OuterRoute> routes() {
    List<OuterRoute> routes = new ArrayList<>();
    routes.add(new OuterRoute(
        DOCUMENT,
        ServiceDescriptions::document,
        context -> of(
            DOCUMENT,
            context,
            () -> new TextPage("application/json", json.writeValueAsBytes(document.get())))));
    for (StaticFile file : FILES) {
      routes.add(new OuterRoute(
          PAGE + file.path(),
          () -> ServiceDescriptions.docs(file.path(), file.contentType()),
          context -> file(file, context)));
    }
    return routes;
  }

  /** The paths that need no token. */
  static Set<String> openPaths(String basePath) {
    return Stream.concat(Stream.of(DOCUMENT), FILES.stream().map(file -> PAGE + file.path()))
        .flatMap(path -> Stream.of(basePath + path, basePath + path + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private HttpAnswer file(StaticFile file, Context context) {
    if (file.path().isEmpty() && !context.path().endsWith("/")) {
      // The names of its files are relative.
      return new HttpAnswer(
          301, Map.of(Header.LOCATION, basePath + PAGE + "/"), new HttpAnswer.NoBody());
    }
    return of(file.path(), context, () -> new TextPage(file.contentType(), bytes(file)));
  }

  private HttpAnswer of(String name, Context context, Supplier<TextPage> maker) {
    TaggedPage page;
    synchronized (made) {
      page = made.computeIfAbsent(name, key -> TaggedPage.of(maker.get()));
    }
    return page.answer(context.header("If-None-Match"), Map.of("Content-Security-Policy", POLICY));
  }

  private static byte[] bytes(StaticFile file) {
    try (InputStream in = DocsRoutes.class.getResourceAsStream(file.resource())) {
      if (in == null) {
        throw new IllegalStateException(file.resource() + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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

  private static final String OWN = "docs/";
  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";

  /** Has the version of the webjar, which is a part of the names of its files. */
  private static final String WEBJAR_PROPERTIES =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private static final String HTML = "index.html";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  /** Images in data: URLs are icons of its style sheet. */
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
      + "img-src 'self' data:; connect-src 'self'; "
      + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /**
   * A file of the page. @param folder where it is on the class path; in the webjar without its
   * version
   */
  private record StaticFile(String name, String folder, String contentType) {}

  private static final Map<String, StaticFile> FILES = Stream.of(
          new StaticFile("docs.js", OWN, SCRIPT),
          new StaticFile("docs.css", OWN, STYLE),
          new StaticFile("swagger-ui.css", WEBJAR, STYLE),
          new StaticFile("swagger-ui-bundle.js", WEBJAR, SCRIPT))
      .collect(Collectors.toUnmodifiableMap(StaticFile::name, file -> file));

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
    return List.of(
        new OuterRoute(DOCUMENT, ServiceDescriptions::document, this::document),
        new OuterRoute(PAGE, ServiceDescriptions::docs, this::page),
        new OuterRoute(
            PAGE + "/{file}", () -> ServiceDescriptions.docsFile(fileNames()), this::file));
  }

  /** The names of the files that the page loads. */
  static List<String> fileNames() {
    return FILES.keySet().stream().sorted().toList();
  }

  /** The paths that need no token. */
  static Set<String> openPaths(String basePath) {
    return Stream.concat(
            Stream.of(DOCUMENT, PAGE), fileNames().stream().map(name -> PAGE + "/" + name))
        .flatMap(path -> Stream.of(basePath + path, basePath + path + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }

  private HttpAnswer document(Context context) {
    return kept(
        DOCUMENT,
        context,
        () -> new TextPage("application/json", json.writeValueAsBytes(document.get())));
  }

  private HttpAnswer page(Context context) {
    if (!context.path().endsWith("/")) {
      // The names of its files are relative.
      return new HttpAnswer(
          301, Map.of(Header.LOCATION, basePath + PAGE + "/"), new HttpAnswer.NoBody());
    }
    return file(new StaticFile(HTML, OWN, "text/html; charset=utf-8"), context);
  }

  private HttpAnswer file(Context context) {
    StaticFile file = FILES.get(context.pathParam("file"));
    if (file == null) {
      throw new NotFoundResponse();
    }
    return file(file, context);
  }

  private HttpAnswer file(StaticFile file, Context context) {
    return kept(file.name(), context, () -> new TextPage(file.contentType(), bytes(file)));
  }

  private HttpAnswer kept(String name, Context context, Supplier<TextPage> maker) {
    TaggedPage page;
    synchronized (made) {
      page = made.computeIfAbsent(name, key -> TaggedPage.of(maker.get()));
    }
    Optional<EntityTags> known = Optional.ofNullable(context.header(Header.IF_NONE_MATCH))
        .map(text -> EntityTags.parse(Header.IF_NONE_MATCH, text));
    return page.answer(known, Map.of("Content-Security-Policy", POLICY));
  }

  /** The content of a file that the page loads. */
  static byte[] bytes(String name) {
    return bytes(FILES.get(name));
  }

  private static byte[] bytes(StaticFile file) {
    try {
      String folder = file.folder().equals(WEBJAR) ? WEBJAR + version() + "/" : file.folder();
      return bytesOf(folder + file.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() throws IOException {
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(bytesOf(WEBJAR_PROPERTIES)));
    return properties.getProperty("version");
  }

  private static byte[] bytesOf(String resource) throws IOException {
    try (InputStream in = DocsRoutes.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }
}

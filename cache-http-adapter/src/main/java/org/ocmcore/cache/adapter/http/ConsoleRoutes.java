package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The web console: the files of the module {@code cache-console} and the libraries that they
 * import, all as they are. They need no token; what they ask for through the API does.
 */
final class ConsoleRoutes {
  static final String PAGE = "/console";

  private static final String OWN = "/console/";

  /** What the page loads. The module lists its own files, since a folder in a jar has no list. */
  static final List<StaticFile> FILES = Stream.concat(
          StaticFile.text(OWN + "files.txt").lines().map(name -> StaticFile.own(OWN, name)),
          Stream.of(
              preact("preact.module.js", "dist/"),
              preact("hooks.module.js", "hooks/dist/"),
              new StaticFile(
                  "lib/htm.module.js",
                  "/META-INF/resources/_static/htm/{version}/dist/htm.module.js",
                  "org.mvnpm/htm")))
      .toList();

  private final StaticPage page;

  /** Null until somebody asks. */
  private volatile ConsolePage made;

  ConsoleRoutes(String basePath) {
    page =
        new StaticPage(basePath, PAGE, () -> made().page(), FILES, () -> made().policy());
  }

  private ConsolePage made() {
    ConsolePage known = made;
    if (known == null) {
      known = ConsolePage.of(StaticFile.text(OWN + "index.html"), FILES, page::versioned);
      made = known;
    }
    return known;
  }

  private static StaticFile preact(String name, String folder) {
    return new StaticFile(
        "lib/" + name,
        "/META-INF/resources/webjars/preact/{version}/" + folder + name,
        "org.webjars.npm/preact");
  }

  /** What answers at each path. */
  List<OuterRoute> routes() {
    return List.of(
        new OuterRoute(PAGE, ServiceDescriptions::console, page::page),
        new OuterRoute(
            PAGE + "/{folder}/{asset}",
            () -> ServiceDescriptions.consoleFile(names(0), names(1)),
            context -> page.file(
                context.pathParam("folder") + "/" + context.pathParam("asset"), context)));
  }

  /** The steps of all names of files. */
  private static List<String> names(int step) {
    return FILES.stream()
        .map(file -> file.name().split("/")[step])
        .distinct()
        .sorted()
        .toList();
  }

  /** The paths that need no token. */
  static Set<String> openPaths(String basePath) {
    return StaticPage.openPaths(basePath, PAGE, FILES);
  }
}

package org.ocmcore.cache.adapter.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The web console: the files of the module {@code cache-console} and the libraries that they
 * import, all as they are. They need no token; what they ask for through the API does.
 */
final class ConsoleRoutes {
  static final String PAGE = "/console";

  private static final String OWN = "/console/";

  /** The map from names of libraries to files; the one script that is not a file of its own. */
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

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

  ConsoleRoutes(String basePath) {
    StaticFile html = StaticFile.own(OWN, "index.html");
    String policy = policy(new String(html.bytes(), StandardCharsets.UTF_8));
    this.page = new StaticPage(basePath, PAGE, html, FILES, policy);
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

  /**
   * Scripts of this service only, and nothing that turns text into a script. @param html has the
   * import map
   */
  private static String policy(String html) {
    Matcher map = IMPORT_MAP.matcher(html);
    if (!map.find()) {
      throw new IllegalStateException("index.html of the console has no import map");
    }
    return "default-src 'none'; script-src 'self' 'sha256-" + hash(map.group(1)) + "'; "
        + "style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

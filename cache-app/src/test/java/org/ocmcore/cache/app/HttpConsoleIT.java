package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** How the files of the web console are served. */
class HttpConsoleIT {
  /** What a rule is about, at the begin of a line. */
  private static final Pattern CLASS = Pattern.compile("(?m)^\\.([\\w-]+)");

  /** Columns of grids give their names to their cells. */
  private static final Pattern COLUMN = Pattern.compile("\\{ name: '(\\w+)', title: ");

  private static final Path FILES =
      Path.of("..", "cache-console", "src", "main", "resources", "console");

  private static final Pattern LOADED =
      Pattern.compile("(?:src|href|from|import)[= ]\\s*['\"]([^'\"#]+)['\"]");

  private final ApiClient api = RunningService.fresh(StoreKind.MEMORY).client();

  private static String text(Reply reply) {
    return new String(reply.response().body(), StandardCharsets.UTF_8);
  }

  private static TreeSet<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.contains("/"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyFileIsListedAndServed() throws IOException {
    assertEquals(String.join("\n", files()) + "\n", Files.readString(FILES.resolve("files.txt")));
    for (String name : files()) {
      Reply reply = api.outside("GET", "/console/" + name).expect(200);
      assertEquals(Files.readString(FILES.resolve(name)), text(reply), name);
      String type = reply.header("content-type");
      String wanted = name.endsWith(".js")
          ? "text/javascript; charset=utf-8"
          : name.endsWith(".css") ? "text/css; charset=utf-8" : "image/svg+xml";
      assertTrue(type.equalsIgnoreCase(wanted), name + " is " + type);
    }
  }

  @Test
  void noFileHasMoreThan300Lines() throws IOException {
    for (String name : files()) {
      int lines = Files.readAllLines(FILES.resolve(name)).size();
      assertTrue(lines <= 300, name + " has " + lines + " lines");
    }
  }

  /** All style sheets are in every page, so a class in two of them would have two meanings. */
  @Test
  void aClassHasOneMeaning() throws IOException {
    Map<String, String> homes = new HashMap<>();
    List<String> clashes = new ArrayList<>();
    for (String name : files()) {
      Pattern pattern = name.endsWith(".css") ? CLASS : COLUMN;
      Matcher found = pattern.matcher(Files.readString(FILES.resolve(name)));
      while (found.find()) {
        // Grids are styled in one place, so their columns may have a name in common.
        String place = pattern == COLUMN ? "a column" : name;
        String home = homes.putIfAbsent(found.group(1), place);
        if (home != null && !home.equals(place)) {
          clashes.add("%s in %s and %s (%s)".formatted(found.group(1), home, place, name));
        }
      }
    }
    assertEquals(List.of(), clashes);
  }

  @Test
  void whatIsImportedIsServed() throws IOException {
    TreeSet<String> loaded = new TreeSet<>();
    TreeSet<String> names = files();
    names.add("index.html");
    for (String name : names) {
      Matcher links = LOADED.matcher(Files.readString(FILES.resolve(name)));
      while (links.find()) {
        String link = links.group(1);
        Path folder = Path.of(name).getParent();
        if (link.endsWith(".js") || link.endsWith(".css")) {
          Path target = folder == null ? Path.of(link) : folder.resolve(link).normalize();
          loaded.add(target.toString().replace('\\', '/'));
        }
      }
    }
    loaded.addAll(List.of("lib/preact.module.js", "lib/hooks.module.js", "lib/htm.module.js"));
    assertTrue(loaded.size() > 20, loaded.toString());
    for (String name : loaded) {
      api.outside("GET", "/console/" + name).expect(200);
    }
    // Every file is reached from the page.
    TreeSet<String> unused = files();
    unused.removeAll(loaded);
    unused.remove("style/icon.svg");
    assertEquals(new TreeSet<>(), unused);
  }

  @Test
  void thePolicyAllowsNothingInline() throws Exception {
    String html = text(api.outside("GET", "/console/").expect(200));
    Matcher map =
        Pattern.compile("(?s)<script type=\"importmap\">(.*?)</script>").matcher(html);
    assertTrue(map.find());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
    String hash = Base64.getEncoder().encodeToString(digest);
    for (String path : List.of("/console/", "/console/base/start.js")) {
      assertEquals(
          "default-src 'none'; script-src 'self' 'sha256-" + hash
              + "'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
              + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
              + "trusted-types 'none'",
          api.outside("GET", path).expect(200).header("content-security-policy"));
    }
    assertFalse(html.matches("(?s).*(<style|style=| on[a-z]+=|https?:).*"), html);
  }

  @Test
  void aPageThatOpenedItKeepsNoHandle() {
    for (String path : List.of(
        "/console/",
        "/console/base/start.js",
        "/console/lib/preact.module.js",
        "/docs/",
        "/docs/docs.js")) {
      assertEquals(
          "same-origin",
          api.outside("GET", path).expect(200).header("cross-origin-opener-policy"),
          path);
    }
  }

  @Test
  void anUnchangedFileIsNotSentAgain() {
    for (String path :
        List.of("/console/", "/console/base/start.js", "/console/lib/preact.module.js")) {
      Reply first = api.outside("GET", path).expect(200);
      assertEquals("no-cache", first.header("cache-control"), path);
      String known = api.raw(
          "GET %s HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: %s\r\nConnection: close\r\n\r\n"
              .formatted(path, first.header("etag")));
      assertTrue(known.startsWith("HTTP/1.1 304 "), known);
    }
  }

  @Test
  void aBrowserKeepsAFileOfItsVersionWithoutAsking() throws IOException {
    String html = text(api.outside("GET", "/console/").expect(200));
    Matcher loaded =
        Pattern.compile("\"(?:\\./)?([a-z]+/[a-z0-9.-]+)(\\?v=[^\"]+)?\"(?!:)").matcher(html);
    TreeSet<String> names = new TreeSet<>();
    while (loaded.find()) {
      String name = loaded.group(1);
      names.add(name);
      assertNotNull(loaded.group(2), name);
      Reply file = api.outside("GET", "/console/" + name + loaded.group(2)).expect(200);
      assertEquals("max-age=31536000, immutable", file.header("cache-control"), name);
      Reply next = api.outside("GET", "/console/" + name + "?v=older").expect(200);
      assertEquals("no-cache", next.header("cache-control"), name);
    }
    assertTrue(names.containsAll(files()), names::toString);
    Reply page = api.outside("GET", "/console/").expect(200);
    String tag = page.header("etag").replace("\"", "");
    assertEquals(
        "no-cache",
        api.outside("GET", "/console/?v=" + tag).expect(200).header("cache-control"),
        "the page itself has to say which files are new");
  }

  @Test
  void otherFilesAreNotServed() {
    for (String path : List.of(
        "/console/nothing",
        "/console/index.html",
        "/console/files.txt",
        "/console/base/nothing.js",
        "/console/base/../files.txt",
        "/console/base/..%2Ffiles.txt",
        "/console/lib/preact.module.js.map",
        "/console/base/start.js/more")) {
      int status = api.outside("GET", path).status();
      assertTrue(status == 404 || status == 400, path + " got " + status);
    }
    assertEquals("/console/", api.outside("GET", "/console").expect(301).header("location"));
  }

  private static String root(ApiClient client, String accept) {
    return client.raw("GET / HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\nConnection: close\r\n\r\n"
        .formatted(accept));
  }

  @Test
  void aBrowserIsSentToTheConsole() {
    String browser = root(api, "text/html,application/xhtml+xml,*/*;q=0.8");
    assertTrue(browser.startsWith("HTTP/1.1 302 "), browser);
    assertTrue(browser.contains("\r\nLocation: /console/\r\n"), browser);
    assertTrue(browser.contains("\r\nVary: Accept\r\n"), browser);
    HttpBrowsersIT.assertHeaders(browser);
    for (String accept : List.of("*/*", "application/json")) {
      String other = root(api, accept);
      assertTrue(other.startsWith("HTTP/1.1 200 "), other);
      assertTrue(other.contains("\"console\":\"/console/\""), other);
      assertTrue(other.contains("\r\nVary: Accept\r\n"), other);
    }
  }

  @Test
  void theConsoleNeedsNoTokenButTheIndexDoes() {
    try (RunningService limited =
        RunningService.withTokens(StoreKind.MEMORY, "development", "viewer viewer")) {
      ApiClient anybody = limited.client();
      for (String path : List.of("/console/", "/console/base/start.js")) {
        anybody.outside("GET", path).expect(200);
      }
      assertTrue(root(anybody, "text/html").startsWith("HTTP/1.1 302 "));
      assertTrue(root(anybody, "*/*").startsWith("HTTP/1.1 401 "));
      anybody.outside("GET", "/console/nothing").expectProblem(401, "unauthorized");
      anybody.outside("GET", "/console/base/nothing.js").expectProblem(401, "unauthorized");
    }
  }
}

package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of static files. They need no token, as they say nothing about what this service holds.
 * They are read when somebody asks for them first, and kept; a browser asks again each time, and is
 * sent only what has changed. Safe for use by any number of threads.
 */
final class StaticPage {
  private final String basePath;
  private final String path;
  private final StaticFile html;
  private final Map<String, StaticFile> files;
  private final String policy;
  private final Map<String, TaggedPage> made = new HashMap<>();

  /**
   * @param basePath the path that all others are below
   * @param path that of the page below it, without a slash at the end
   * @param html the page itself
   * @param files what it loads, by paths relative to it
   * @param policy the {@code Content-Security-Policy} of all of them
   */
  StaticPage(String basePath, String path, StaticFile html, List<StaticFile> files, String policy) {
    this.basePath = basePath;
    this.path = path;
    this.html = html;
    this.files =
        files.stream().collect(Collectors.toUnmodifiableMap(StaticFile::name, file -> file));
    this.policy = policy;
  }

  /**
   * The page; without its slash at the end, a redirect, since the names of its files are relative.
   */
  HttpAnswer page(Context context) {
    if (!context.path().endsWith("/")) {
      return new HttpAnswer(
          301, Map.of(Header.LOCATION, basePath + path + "/"), new HttpAnswer.NoBody());
    }
    return file(html, context);
  }

  /** A file that the page loads. @param name its path relative to the page */
  HttpAnswer file(String name, Context context) {
    StaticFile file = files.get(name);
    if (file == null) {
      throw new NotFoundResponse();
    }
    return file(file, context);
  }

  private HttpAnswer file(StaticFile file, Context context) {
    return kept(file.name(), context, () -> new TextPage(file.contentType(), file.bytes()));
  }

  /** What never changes while the service runs. @param maker asked once */
  HttpAnswer kept(String name, Context context, Supplier<TextPage> maker) {
    TaggedPage page;
    synchronized (made) {
      page = made.computeIfAbsent(name, key -> TaggedPage.of(maker.get()));
    }
    Optional<EntityTags> known = Optional.ofNullable(context.header(Header.IF_NONE_MATCH))
        .map(text -> EntityTags.parse(Header.IF_NONE_MATCH, text));
    return page.answer(
        known,
        Map.of("Content-Security-Policy", policy, "Cross-Origin-Opener-Policy", "same-origin"));
  }

  /** The paths of a page and its files, as they may be written. They need no token. */
  static Set<String> openPaths(String basePath, String path, List<StaticFile> files) {
    return Stream.concat(Stream.of(path), files.stream().map(file -> path + "/" + file.name()))
        .flatMap(open -> Stream.of(basePath + open, basePath + open + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }
}

package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of static files. They need no token, as they say nothing about what this service holds.
 * They are read when somebody asks for them first, and kept. A browser asks again each time, and is
 * sent only what has changed, unless the address has the {@value #VERSION} of the file. Safe for
 * use by any number of threads.
 */
final class StaticPage {
  /** The parameter of an address with the tag of a file: what it leads to never changes. */
  static final String VERSION = "v";

  private final String basePath;
  private final String path;
  private final Supplier<TextPage> html;
  private final Map<String, StaticFile> files;
  private final Supplier<String> policy;
  private final Map<String, TaggedPage> made = new ConcurrentHashMap<>();

  /**
   * @param basePath the path that all others are below
   * @param path that of the page below it, without a slash at the end
   * @param html makes the page itself
   * @param files what it loads, by paths relative to it
   * @param policy the {@code Content-Security-Policy} of all of them
   */
  StaticPage(
      String basePath,
      String path,
      Supplier<TextPage> html,
      List<StaticFile> files,
      Supplier<String> policy) {
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
    return kept("", context, html);
  }

  /** A file that the page loads. @param name its path relative to the page */
  HttpAnswer file(String name, Context context) {
    StaticFile file = files.get(name);
    if (file == null) {
      throw new NotFoundResponse();
    }
    return answer(
        made(name, file::page), Optional.ofNullable(context.queryParam(VERSION)), context);
  }

  /** The relative address of a file with its version. @param file one that the page loads */
  String versioned(StaticFile file) {
    return file.name() + "?" + VERSION + "=" + made(file.name(), file::page).tag();
  }

  /** What never changes while the service runs. @param maker makes it */
  HttpAnswer kept(String name, Context context, Supplier<TextPage> maker) {
    return answer(made(name, maker), Optional.empty(), context);
  }

  private HttpAnswer answer(TaggedPage page, Optional<String> version, Context context) {
    Optional<EntityTags> known = Optional.ofNullable(context.header(Header.IF_NONE_MATCH))
        .map(text -> EntityTags.parse(Header.IF_NONE_MATCH, text));
    return page.answer(
        known,
        version,
        Map.of(
            "Content-Security-Policy", policy.get(), "Cross-Origin-Opener-Policy", "same-origin"));
  }

  private TaggedPage made(String name, Supplier<TextPage> maker) {
    TaggedPage known = made.get(name);
    if (known != null) {
      return known;
    }
    // Not within the map: the page asks for its files. What two threads make is the same.
    TaggedPage fresh = TaggedPage.of(maker.get());
    made.put(name, fresh);
    return fresh;
  }

  /** The paths of a page and its files, as they may be written. They need no token. */
  static Set<String> openPaths(String basePath, String path, List<StaticFile> files) {
    return Stream.concat(Stream.of(path), files.stream().map(file -> path + "/" + file.name()))
        .flatMap(open -> Stream.of(basePath + open, basePath + open + "/"))
        .collect(Collectors.toUnmodifiableSet());
  }
}

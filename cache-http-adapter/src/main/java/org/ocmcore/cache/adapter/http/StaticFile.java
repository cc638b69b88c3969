package org.ocmcore.cache.adapter.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;

/**
 * A file of the class path that is served as it is.
 *
 * @param name the path below that of its page
 * @param resource where it is on the class path, absolute; {@code {version}} stands for that of its
 *     library
 * @param library the folder of its library below {@code /META-INF/maven}; empty if it is our own
 */
record StaticFile(String name, String resource, String library) {
  private static final Map<String, String> TYPES = Map.of(
      "html", "text/html; charset=utf-8",
      "js", "text/javascript; charset=utf-8",
      "css", "text/css; charset=utf-8",
      "svg", "image/svg+xml");

  StaticFile {
    if (!TYPES.containsKey(extension(name))) {
      throw new IllegalArgumentException(
          "\"%s\" has none of the endings %s".formatted(name, TYPES.keySet()));
    }
  }

  /** One of our own, in this folder of the class path, which ends with a slash. */
  static StaticFile own(String folder, String name) {
    return new StaticFile(name, folder + name, "");
  }

  /** What browsers take it for. */
  String contentType() {
    return TYPES.get(extension(name));
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** It, as it is answered. */
  TextPage page() {
    return new TextPage(contentType(), bytes());
  }

  /** Its content. */
  byte[] bytes() {
    return library.isEmpty()
        ? bytesOf(resource)
        : bytesOf(resource.replace("{version}", version(library)));
  }

  /** A text of the class path. @param resource absolute */
  static String text(String resource) {
    return new String(bytesOf(resource), StandardCharsets.UTF_8);
  }

  private static String version(String library) {
    try {
      Properties properties = new Properties();
      properties.load(
          new ByteArrayInputStream(bytesOf("/META-INF/maven/" + library + "/pom.properties")));
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytesOf(String resource) {
    try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.ocmcore.cache.adapter.http;

import java.util.regex.Pattern;

/**
 * The proxies in front of the API, and where they make it appear.
 *
 * @param trusted the proxies that say who the client is and what it asked for
 * @param basePath the path that all others are below, in the form of {@link #parseBasePath}
 */
public record ProxySettings(TrustedProxies trusted, String basePath) {
  /** No proxy. */
  public static final ProxySettings NONE = new ProxySettings(TrustedProxies.NONE, "");

  /** Unreserved characters (RFC 3986, section 2.3), which nobody writes in another way. */
  private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*");

  /**
   * The path in this text, such as {@code /tools/cache}; empty if the text is.
   *
   * @throws IllegalArgumentException if it is not such a path; says what is one
   */
  public static String parseBasePath(String text) {
    if (!PATH.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "it must begin with a slash, end without one, and have only letters, digits, -, ., _ and ~ between slashes, such as /tools/cache");
    }
    return text;
  }
}

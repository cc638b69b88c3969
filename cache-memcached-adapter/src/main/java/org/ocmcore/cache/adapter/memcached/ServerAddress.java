package org.ocmcore.cache.adapter.memcached;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configured address of a server.
 *
 * @param host without the brackets of an IPv6 address
 * @param text the name of the server: {@code host:port} as it is configured, or {@code host:port
 *     (address)} of one of several addresses
 * @param weight the share of keys compared with other servers; 1 if none is configured
 */
record ServerAddress(String host, int port, String text, int weight) {
  static final int MAX_WEIGHT = 1_000;

  private static final Pattern FORM = Pattern.compile(
      "((?:\\[([0-9a-fA-F:.%+]+)]|([^\\s:\\[\\]/,]+)):([0-9]{1,5}))(?::([0-9]{1,9}))?");

  /** Returns whether the host is a name, which may have several addresses. */
  boolean isName() {
    return !host.contains(":") && !host.matches("[0-9.]+");
  }

  /** Returns whether it is one of several addresses of a name; see {@link NameNodes}. */
  boolean isOneOfSeveral() {
    return text.endsWith(")");
  }

  /** @throws IllegalArgumentException if the text is not {@code host:port[:weight]} */
  static ServerAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "server \"" + text + "\" is not host:port or host:port:weight");
    }
    int port = Integer.parseInt(matcher.group(4));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "server \"%s\": port %d is not within 1 to 65535".formatted(text, port));
    }
    int weight = matcher.group(5) == null ? 1 : Integer.parseInt(matcher.group(5));
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "server \"%s\": weight %d is not within 1 to %d".formatted(text, weight, MAX_WEIGHT));
    }
    String host = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
    return new ServerAddress(host, port, matcher.group(1), weight);
  }
}

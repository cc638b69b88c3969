package org.ocmcore.cache.adapter.memcached;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configured address of a server.
 *
 * @param host without the brackets of an IPv6 address
 * @param text the configured text
 */
record ServerAddress(String host, int port, String text) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^\\s:\\[\\]/,]+)):([0-9]{1,5})");

  /** @throws IllegalArgumentException if the text is not {@code host:port} */
  static ServerAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("server \"" + text + "\" is not host:port");
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "server \"%s\": port %d is not within 1 to 65535".formatted(text, port));
    }
    String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return new ServerAddress(host, port, text);
  }
}

package org.ocmcore.cache.adapter.memcached;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configured address of a server.
 *
 * @param host without the brackets of an IPv6 address; the path of a unix socket
 * @param port 0 for a unix socket
 * @param text the name of the server: {@code host:port} as it is configured, {@code host:port
 *     (address)} of one of several addresses, or {@code unix:/path}
 * @param weight the share of keys compared with other servers; 1 if none is configured
 * @param configuredHost the host of the settings, which certificates are for
 */
record ServerAddress(String host, int port, String text, int weight, String configuredHost) {
  static final int MAX_WEIGHT = 1_000;

  private static final int DEFAULT_PORT = 11_211;

  /** libmemcached hashes unix sockets with this port. */
  private static final int UNIX_SOCKET_PORT = 0;

  private static final int MAX_SOCKET_PATH_BYTES = 107;

  private static final Pattern FORM = Pattern.compile(
      "(\\[([0-9a-fA-F:.%+]+)]|([^\\s:\\[\\]/,]+))(?::([0-9]{1,9})(?::([0-9]{1,9}))?)?");

  private static final Pattern BARE_IPV6 = Pattern.compile("(?=.*::|(?:[^:]*:){7})[0-9a-fA-F:.%]+");

  private static final Pattern UNIX_SOCKET = Pattern.compile("unix:(/[^\\s,]+)");

  /** An address that is used as it is configured. */
  ServerAddress(String host, int port, String text, int weight) {
    this(host, port, text, weight, host);
  }

  /** Returns whether the host is a name, which may have several addresses. */
  boolean isName() {
    return !isUnixSocket() && !host.contains(":") && !host.matches("[0-9.]+");
  }

  /** Returns whether it is one of several addresses of a name; see {@link NameNodes}. */
  boolean isOneOfSeveral() {
    return !host.equals(configuredHost);
  }

  /** @throws IllegalArgumentException if the text has none of the forms of a server */
  static ServerAddress parse(String text) {
    Matcher unix = UNIX_SOCKET.matcher(text);
    if (unix.matches()) {
      requireSocketPath(text, unix.group(1));
      return new ServerAddress(unix.group(1), UNIX_SOCKET_PORT, text, 1);
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() && BARE_IPV6.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "server \"%s\": write an IPv6 address in brackets, such as [::1]:11211".formatted(text));
    }
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "server \"" + text + "\" is not host, host:port, host:port:weight or unix:/path");
    }
    int port = matcher.group(4) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(4));
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
    return new ServerAddress(host, port, matcher.group(1) + ":" + port, weight);
  }

  /** The address of a socket has room for so many (unix(7)); memcached cuts longer ones off. */
  private static void requireSocketPath(String text, String path) {
    if (path.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH_BYTES) {
      throw new IllegalArgumentException(
          "server \"%s\": the path of a unix socket has at most %d bytes"
              .formatted(text, MAX_SOCKET_PATH_BYTES));
    }
  }

  boolean isUnixSocket() {
    return port == UNIX_SOCKET_PORT;
  }
}

package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and an optional port, as in a {@code Host} header, an origin or a setting (RFC 3986,
 * section 3.2). Names are not resolved.
 *
 * @param host a name in lower case without a dot at its end, or an address in the form of
 *     {@link InetAddress#getHostAddress}; the same host is always written the same way
 * @param address the host as an address; empty if it is a name
 */
record Authority(String host, OptionalInt port, Optional<InetAddress> address) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-f:.]+]|[0-9a-z_.-]+)(?::([0-9]{1,5}))?");
  private static final Pattern NAME =
      Pattern.compile("(?!.{254})(?:[0-9a-z_-]{1,63}\\.)*(?![0-9]+\\.?$)[0-9a-z_-]{1,63}\\.?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?!$)|$)){4}");

  private static final int MAX_PORT = 65_535;

  /** @throws IllegalArgumentException if this is not a host with or without a port; says why */
  static Authority parse(String text) {
    Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is not a host; write a name or an address, such as cache.example, 10.0.0.1 or [fd00::1]"
              .formatted(text));
    }
    Optional<InetAddress> address = address(parts.group(1));
    String host = address.map(InetAddress::getHostAddress).orElseGet(() -> name(parts.group(1)));
    return new Authority(host, port(parts.group(2)), address);
  }

  private static Optional<InetAddress> address(String host) {
    if (!host.startsWith("[") && !IPV4.matcher(host).matches()) {
      return Optional.empty();
    }
    Optional<InetAddress> address = IpLiteral.parse(host);
    if (address.isEmpty()) {
      throw new IllegalArgumentException("\"" + host + "\" is not an address");
    }
    return address;
  }

  private static String name(String host) {
    if (!NAME.matcher(host).matches()) {
      throw new IllegalArgumentException("\"" + host + "\" is neither a name nor an address");
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static OptionalInt port(String digits) {
    if (digits == null) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(digits);
    if (port > MAX_PORT) {
      throw new IllegalArgumentException("port %d is not within 0 to %d".formatted(port, MAX_PORT));
    }
    return OptionalInt.of(port);
  }

  /** Whether it is a name that other machines can know: no address, and not {@code localhost}. */
  boolean isName() {
    return address.isEmpty() && !isLoopback();
  }

  /** Whether it is a loopback address or {@code localhost}. */
  boolean isLoopback() {
    return host.equals("localhost")
        || address.map(InetAddress::isLoopbackAddress).orElse(false);
  }
}

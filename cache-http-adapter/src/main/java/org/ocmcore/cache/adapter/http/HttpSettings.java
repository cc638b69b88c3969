package org.ocmcore.cache.adapter.http;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The address on which the API listens, and how clients reach it.
 *
 * @param host name or address of the interface
 * @param port 1 to 65535, or 0 for any free port
 * @param allowedHosts further names and addresses of this service, in the form of
 *     {@link #parseHosts}
 * @param proxy what is known of proxies in front of it
 * @param https how connections are encrypted; empty if they are not
 * @param limits what clients may take
 * @param accessLog which requests are logged
 */
public record HttpSettings(
    String host,
    int port,
    Set<String> allowedHosts,
    ProxySettings proxy,
    Optional<HttpsContext> https,
    HttpLimits limits,
    AccessLog accessLog) {
  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Without a log of requests. */
  public HttpSettings(
      String host,
      int port,
      Set<String> allowedHosts,
      ProxySettings proxy,
      Optional<HttpsContext> https,
      HttpLimits limits) {
    this(host, port, allowedHosts, proxy, https, limits, AccessLog.NONE);
  }

  /** With the default limits. */
  public HttpSettings(
      String host,
      int port,
      Set<String> allowedHosts,
      ProxySettings proxy,
      Optional<HttpsContext> https) {
    this(host, port, allowedHosts, proxy, https, HttpLimits.DEFAULT);
  }

  /** The same without further names, a proxy and TLS. */
  public HttpSettings(String host, int port) {
    this(host, port, Set.of(), ProxySettings.NONE, Optional.empty());
  }

  /** The path that those of the API are below, without a slash at its end. */
  public String apiPath() {
    return proxy.basePath() + HttpApi.BASE;
  }

  /** Whether only this machine reaches it. A name other than {@code localhost} counts as not. */
  public boolean isLoopback() {
    try {
      boolean isBareIpv6 = host.contains(":") && !host.startsWith("[");
      return Authority.parse(isBareIpv6 ? "[" + host + "]" : host).isLoopback();
    } catch (IllegalArgumentException noHost) {
      return false;
    }
  }

  /** The scheme of the API's addresses. */
  public String scheme() {
    return https.isPresent() ? "https" : "http";
  }

  /**
   * The hosts in this text, separated by commas; none if it is blank. A port after a host is
   * ignored.
   *
   * @throws IllegalArgumentException if one is neither a name nor an address; says which
   */
  public static Set<String> parseHosts(String text) {
    return text.isBlank()
        ? Set.of()
        : Arrays.stream(text.split(",", -1))
            .map(host -> Authority.parse(host.strip()).host())
            .collect(Collectors.toUnmodifiableSet());
  }
}

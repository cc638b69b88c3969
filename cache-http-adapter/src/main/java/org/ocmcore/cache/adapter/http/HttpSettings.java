package org.ocmcore.cache.adapter.http;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the API listens, and by which names.
 *
 * @param host name or address of the interface
 * @param port 1 to 65535, or 0 for any that is free
 * @param allowedHosts names and addresses beside its own that clients reach it by, in the form of
 *     {@link #parseHosts}
 */
public record HttpSettings(String host, int port, Set<String> allowedHosts) {
  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /** Where it is reached by its own names alone. */
  public HttpSettings(String host, int port) {
    this(host, port, Set.of());
  }

  /**
   * The hosts in this text, separated by commas; none if it is empty. A port may follow each, and
   * does not matter.
   *
   * @throws IllegalArgumentException if one is no name or address; says which
   */
  public static Set<String> parseHosts(String text) {
    return text.isBlank()
        ? Set.of()
        : Arrays.stream(text.split(",", -1))
            .map(host -> Authority.parse(host.strip()).host())
            .collect(Collectors.toUnmodifiableSet());
  }
}

package org.ocmcore.cache.adapter.http;

/**
 * Where the API listens.
 *
 * @param host name or address of the interface
 * @param port 1 to 65535, or 0 for any that is free
 */
public record HttpSettings(String host, int port) {
  public HttpSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
    }
  }
}

package org.ocmcore.cache.adapter.http;

/**
 * Parses {@code Host} headers. Remembers the last one, since most clients send the same. Safe for
 * use by any number of threads.
 */
final class HostHeader {
  private volatile Parsed last = new Parsed("localhost", Authority.parse("localhost"));

  private record Parsed(String text, Authority host) {}

  /** @throws RequestRejected if this is not a host with or without a port */
  Authority parse(String text) {
    Parsed known = last;
    if (known.text.equals(text)) {
      return known.host;
    }
    try {
      Authority host = Authority.parse(text);
      last = new Parsed(text, host);
      return host;
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(Kind.BAD_REQUEST, "Host: " + e.getMessage());
    }
  }
}

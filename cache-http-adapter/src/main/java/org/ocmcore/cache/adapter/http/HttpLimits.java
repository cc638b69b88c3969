package org.ocmcore.cache.adapter.http;

import java.time.Duration;

/**
 * What clients may take of the service.
 *
 * @param headBytes the most bytes of the request line and the headers
 * @param bodyBytes the most bytes of a body, except those of values, which the store limits
 * @param requestTime the most time of a search, with its wait for servers. Jobs may take longer
 * @param requests the most requests at once
 * @param requestsPerAddress the most of them from one address
 * @param connections the most open connections
 * @param eventStreams the most clients that follow jobs or changes
 */
public record HttpLimits(
    int headBytes,
    int bodyBytes,
    Duration requestTime,
    int requests,
    int requestsPerAddress,
    int connections,
    int eventStreams) {
  /** Those of a service without settings. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(32 * 1024, 2 * 1024 * 1024, Duration.ofMinutes(5), 400, 150, 1_000, 100);

  public HttpLimits {
    requirePositive("headBytes", headBytes);
    requirePositive("bodyBytes", bodyBytes);
    requirePositive("requestTime", requestTime.toSeconds());
    requirePositive("requests", requests);
    requirePositive("requestsPerAddress", requestsPerAddress);
    requirePositive("connections", connections);
    requirePositive("eventStreams", eventStreams);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be at least 1");
    }
  }
}

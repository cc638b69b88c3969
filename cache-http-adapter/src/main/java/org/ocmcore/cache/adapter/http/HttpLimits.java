package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import org.ocmcore.cache.domain.named.ValueMemory;
import org.ocmcore.cache.domain.pattern.KeyPattern;

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
 * @param patternSteps the most steps of a pattern in a request; see {@link KeyPattern#MOST_STEPS}
 * @param valueBytes the most bytes of the items whose values one answer has
 */
public record HttpLimits(
    int headBytes,
    int bodyBytes,
    Duration requestTime,
    int requests,
    int requestsPerAddress,
    int connections,
    int eventStreams,
    long patternSteps,
    long valueBytes) {
  /** Those of a service without settings. */
  public static final HttpLimits DEFAULT = new HttpLimits(
      32 * 1024,
      2 * 1024 * 1024,
      Duration.ofMinutes(5),
      400,
      150,
      1_000,
      100,
      KeyPattern.MOST_STEPS,
      ValueMemory.MOST_BYTES);

  public HttpLimits {
    requirePositive("headBytes", headBytes);
    requirePositive("bodyBytes", bodyBytes);
    requirePositive("requestTime", requestTime.toSeconds());
    requirePositive("requests", requests);
    requirePositive("requestsPerAddress", requestsPerAddress);
    requirePositive("connections", connections);
    requirePositive("eventStreams", eventStreams);
    requirePositive("patternSteps", patternSteps);
    requirePositive("valueBytes", valueBytes);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", it must be at least 1");
    }
  }
}

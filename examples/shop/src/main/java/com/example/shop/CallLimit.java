package com.example.shop;

import java.time.Duration;
import org.ocmcore.cache.domain.client.Cache;

/**
 * Allows each client a number of requests in a time, in all processes of the shop together. For any
 * number of threads.
 */
final class CallLimit {
  private final Cache counters;
  private final int max;
  private final Duration time;

  CallLimit(Cache cache, int max, Duration time) {
    this.counters = cache.app("rate");
    this.max = max;
    this.time = time;
  }

  /** Counts a request; returns whether it is allowed. */
  boolean allows(String client) {
    // The server counts, so no request is lost. The time begins with the first one, and further
    // ones do not make it longer.
    return counters.increment(client, 1, time) <= max;
  }
}

package org.ocmcore.cache.domain.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts wrong tokens by the address that they came from. An IPv6 network of 64 bits counts as one
 * address, since one host may have all of it. Safe for use by any number of threads.
 */
final class FailedAttempts {
  /** The failures that an address may have in the {@link #PERIOD}. */
  static final int ALLOWED = 10;

  static final Duration PERIOD = Duration.ofMinutes(1);

  /** The addresses that are remembered; the oldest goes first. */
  static final int ADDRESSES = 10_000;

  private static final int NETWORK_BYTES = 8;

  private final Clock clock;

  private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
      return size() > ADDRESSES;
    }
  };

  FailedAttempts(Clock clock) {
    this.clock = clock;
  }

  /**
   * Notes a failure.
   *
   * @return how long the address has to wait; zero if it may try again at once
   */
  synchronized Duration add(InetAddress address) {
    Instant now = clock.instant();
    Deque<Instant> times = failures.computeIfAbsent(key(address), any -> new ArrayDeque<>());
    while (!times.isEmpty() && !times.peekFirst().plus(PERIOD).isAfter(now)) {
      times.removeFirst();
    }
    if (times.size() < ALLOWED) {
      times.addLast(now);
      return Duration.ZERO;
    }
    return Duration.between(now, times.peekFirst().plus(PERIOD));
  }

  private static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}

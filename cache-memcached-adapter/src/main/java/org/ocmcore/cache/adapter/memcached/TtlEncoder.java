package org.ocmcore.cache.adapter.memcached;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.Lifetime;

/**
 * Converts lifetimes to the TTL that a server expects (memcached doc/protocol.txt, "Expiration
 * times"): up to 30 days it is relative, above that it is a date by the server's own clock. The
 * clock is fetched at most once. For one thread.
 */
final class TtlEncoder {
  private static final long MAX_RELATIVE_SECONDS = 30L * 24 * 3600;

  /** Servers parse dates as signed numbers of 32 bits: there is no later one. */
  private static final long LAST_SECOND = Integer.MAX_VALUE;

  private final Server server;
  private final Operation operation;
  private final Supplier<Deadline> deadline;
  private long serverTime = -1;
  private long fetchedAtNanos;

  /** @param deadline called when the server's clock is fetched */
  TtlEncoder(Server server, Operation operation, Supplier<Deadline> deadline) {
    this.server = server;
    this.operation = operation;
    this.deadline = deadline;
  }

  /**
   * Returns the TTL to send for this lifetime, in seconds: 0 without an expiry.
   *
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable if the server's clock is needed and the
   *     server does not answer
   */
  long encode(Lifetime lifetime) {
    if (lifetime.isForever()) {
      return 0;
    }
    if (lifetime.seconds() <= MAX_RELATIVE_SECONDS) {
      return lifetime.seconds();
    }
    if (serverTime < 0) {
      serverTime = server.fetchTime(operation, deadline.get());
      fetchedAtNanos = System.nanoTime();
    }
    // The clock goes on: a bulk operation may take hours.
    long now = serverTime + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - fetchedAtNanos);
    return Math.min(LAST_SECOND, now + lifetime.seconds());
  }
}

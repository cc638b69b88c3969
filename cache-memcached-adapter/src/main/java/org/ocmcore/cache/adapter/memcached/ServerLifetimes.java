package org.ocmcore.cache.adapter.memcached;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.Lifetime;

/**
 * Lifetimes as a server reads them (memcached doc/protocol.txt, "Expiration times"): up to 30 days
 * are seconds from now, more is a date by the server's own clock. That clock is asked for at most
 * once. For one thread.
 */
final class ServerLifetimes {
  private static final long MAX_RELATIVE = 30L * 24 * 3600;

  private final Server server;
  private final Operation operation;
  private final Supplier<Deadline> deadline;
  private long time = -1;
  private long askedAt;

  /** @param deadline for asking the server when its clock is needed */
  ServerLifetimes(Server server, Operation operation, Supplier<Deadline> deadline) {
    this.server = server;
    this.operation = operation;
    this.deadline = deadline;
  }

  /** What to send for this lifetime. */
  long ttl(Lifetime lifetime) {
    if (lifetime.isForever()) {
      return 0;
    }
    if (lifetime.seconds() <= MAX_RELATIVE) {
      return lifetime.seconds();
    }
    if (time < 0) {
      time = server.time(operation, deadline.get());
      askedAt = System.nanoTime();
    }
    // Work on many keys may take hours.
    return time + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - askedAt) + lifetime.seconds();
  }
}

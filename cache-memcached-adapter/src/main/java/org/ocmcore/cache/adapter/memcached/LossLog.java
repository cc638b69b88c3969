package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that a server is lost, and that it is back. A server that flaps is logged once a minute,
 * with the number of changes. For any number of threads.
 */
final class LossLog {
  private static final Logger LOG = LoggerFactory.getLogger(LossLog.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final String server;
  private final LongSupplier nanos;
  private final Consumer<String> warn;
  private final Consumer<String> inform;
  private volatile boolean isLost;

  /** Whether the log says something else than what is true. */
  private volatile boolean isOutdated;

  // Guarded by this.
  private boolean isLoggedLost;
  private boolean isQuiet;
  private long quietUntil;
  private long changes;

  LossLog(String server) {
    this(server, System::nanoTime, LOG::warn, LOG::info);
  }

  /** @param nanos a clock like {@link System#nanoTime} */
  LossLog(String server, LongSupplier nanos, Consumer<String> warn, Consumer<String> inform) {
    this.server = server;
    this.nanos = nanos;
    this.warn = warn;
    this.inform = inform;
  }

  /** The server does not answer. */
  void failed(String reason) {
    if (!isLost || isOutdated) {
      note(true, reason);
    }
  }

  /** The server has answered. Costs nothing while it is not lost. */
  void succeeded() {
    if (isLost || isOutdated) {
      note(false, "");
    }
  }

  private synchronized void note(boolean lost, String reason) {
    if (isLost != lost) {
      isLost = lost;
      changes++;
    }
    isOutdated = isLost != isLoggedLost;
    long now = nanos.getAsLong();
    if (!isOutdated || isQuiet && now - quietUntil < 0) {
      return;
    }
    String often =
        changes > 1 ? " (lost or back %d times since the last line)".formatted(changes) : "";
    if (lost) {
      warn.accept("memcached %s is lost: %s%s".formatted(server, reason, often));
    } else {
      inform.accept("memcached %s is back%s".formatted(server, often));
    }
    // The first return of a server is logged at once.
    isQuiet = isLoggedLost || isQuiet;
    quietUntil = now + PAUSE;
    isLoggedLost = lost;
    isOutdated = false;
    changes = 0;
  }
}

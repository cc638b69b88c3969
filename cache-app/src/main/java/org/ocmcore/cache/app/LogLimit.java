package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets one message of a kind through each minute, with the number of those that it held back. For
 * any number of threads.
 */
final class LogLimit {
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  /** The kinds that had a message within the last minute. */
  private final Map<String, Held> kinds = new HashMap<>();

  private final LongSupplier nanos;

  /** @param nanos a clock like {@link System#nanoTime} */
  LogLimit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Held(long until, long count) {}

  /** What follows a message of this kind; empty if it is held back. */
  synchronized Optional<String> pass(String kind) {
    long now = nanos.getAsLong();
    Held held = kinds.get(kind);
    if (held != null && now - held.until < 0) {
      kinds.put(kind, new Held(held.until, held.count + 1));
      return Optional.empty();
    }
    kinds.put(kind, new Held(now + PAUSE, 0));
    return Optional.of(
        held == null || held.count == 0
            ? ""
            : " (%d more like this since the last line)".formatted(held.count));
  }
}

package org.ocmcore.cache.domain.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * The generation of an app view, a number in the names of its keys: a new one hides all older keys
 * at once. It is kept at a server, under a key of its own, and read again once a second. For any
 * number of threads.
 */
final class Generation {
  /** How long another process may go on with the generation before. */
  static final Duration MAX_AGE = Duration.ofSeconds(1);

  /** Below the first generation, which is the time in milliseconds. */
  private static final long NONE = 1_000_000_000_000L;

  private static final int ATTEMPTS = 10;

  private final KeyNamespace app;
  private final StoreAccess access;
  private final CacheKey key;
  private final LongSupplier nanos;
  private volatile Known known;

  /** @param since when it was read, in nanoseconds */
  private record Known(KeyNamespace namespace, long since) {}

  /** @param nanos a clock like {@link System#nanoTime} */
  Generation(KeyNamespace app, StoreAccess access, LongSupplier nanos) {
    this.app = app;
    this.access = access;
    this.key = ReservedKeys.of("generation:" + app);
    this.nanos = nanos;
  }

  /** The names of the current generation; may take a round trip. */
  KeyNamespace current() {
    Known last = known;
    long now = nanos.getAsLong();
    return last != null && now - last.since < MAX_AGE.toNanos() ? last.namespace : read(last, now);
  }

  private KeyNamespace read(Known last, long now) {
    KeyNamespace namespace;
    try {
      namespace = app.generation(access.call("generation", key, this::fetch));
    } catch (StoreUnavailable e) {
      access.throwUnlessMiss(e);
      // Of a generation that nobody else has nothing can be read that was cleared.
      namespace = last == null ? app.generation(first()) : last.namespace;
    }
    known = new Known(namespace, now);
    return namespace;
  }

  private CachePort cache() {
    return access.store().cache();
  }

  private long first() {
    return access.store().clock().millis();
  }

  /** The number at the server, which begins one if there is none. */
  private long fetch() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<CacheValue> found = cache().get(key);
      if (found.isPresent()) {
        return Long.parseLong(new String(found.get().bytes(), StandardCharsets.US_ASCII).strip());
      }
      long first = first();
      if (cache().add(key, value(first), Lifetime.FOREVER)) {
        return first;
      }
    }
    throw new StoreUnavailable(
        cache().place(key).server(), "generation of '%s'".formatted(app), "it is lost at once");
  }

  private static CacheValue value(long number) {
    return CacheValue.ofText(Long.toString(number));
  }

  /** Begins the next generation. */
  void next() {
    long number = access.call("clear", key, () -> {
      fetch();
      long next = cache().increment(key, 1, Lifetime.FOREVER);
      if (next > NONE) {
        return next;
      }
      // It was lost between these two calls, and counting began anew.
      long first = first();
      cache().store(key, value(first), Lifetime.FOREVER);
      return first;
    });
    known = new Known(app.generation(number), nanos.getAsLong());
  }
}

package org.ocmcore.cache.domain.schedule;

import static org.ocmcore.cache.domain.dump.ReservedKeys.DUMP_LEASE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.ocmcore.cache.domain.dump.ReservedKeys;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * Lets one of several processes that work on the same servers make the automatic dumps. Whoever has
 * it keeps it from dump to dump; if it goes without giving it back, the lease ends by itself and
 * another takes it. For any number of threads.
 *
 * <p>It is kept in the cache under {@link ReservedKeys#DUMP_LEASE}, as the name of its holder, and
 * so is as good as that: after a flush, an eviction or a restart of the server whoever comes first
 * takes it. A process that has lost it while it dumped finds out before its dump takes the current
 * name, unless it loses it within the moment between.
 */
public final class DumpLease {
  private final CachePort cache;
  private final CacheValue own;
  private final AtomicLong writes = new AtomicLong();
  private volatile boolean held;
  private volatile String other = "";

  /** @param holder names this process among all, for people, too */
  public DumpLease(CachePort cache, String holder) {
    this.cache = cache;
    this.own = CacheValue.ofText(holder);
  }

  /**
   * Takes it for so long, or keeps it for so long from now.
   *
   * @return false if another process has it: {@link #holder} tells which
   * @throws StoreUnavailable if its server does not answer
   */
  public synchronized boolean hold(Duration length) {
    Lifetime lifetime = Lifetime.ofSeconds(length.toSeconds());
    held = cache.add(DUMP_LEASE, own, lifetime);
    if (!held) {
      Optional<CacheValue> holding = cache.get(DUMP_LEASE);
      held = holding.isEmpty()
          ? cache.add(DUMP_LEASE, own, lifetime)
          : isOwn(holding.get()) && cache.refresh(DUMP_LEASE, lifetime);
      other = holding.map(DumpLease::text).orElse("");
    }
    if (held) {
      writes.incrementAndGet();
    }
    return held;
  }

  /**
   * Keeps it for so long from now.
   *
   * @throws DumpFailed if it is not held: another process may be dumping
   * @throws StoreUnavailable if its server does not answer
   */
  public void renew(Duration length) {
    requireHeld();
    if (!hold(length)) {
      throw lost();
    }
  }

  /** How many of the changes that servers count were made to keep it. */
  long writes() {
    return writes.get();
  }

  /**
   * Looks whether it is held still.
   *
   * @throws DumpFailed if it is not: another process may be dumping
   * @throws StoreUnavailable if its server does not answer
   */
  public void requireHeld() {
    Optional<CacheValue> holding = cache.get(DUMP_LEASE);
    if (holding.isEmpty() || !isOwn(holding.get())) {
      held = false;
      other = holding.map(DumpLease::text).orElse("");
      throw lost();
    }
  }

  private DumpFailed lost() {
    return new DumpFailed(
        other.isEmpty()
            ? "its lease was lost meanwhile"
            : "its lease was lost meanwhile to " + other);
  }

  /** Who has it, as far as it is known from the last look; empty if nobody is known to. */
  public Optional<String> holder() {
    String holder = held ? text(own) : other;
    return holder.isEmpty() ? Optional.empty() : Optional.of(holder);
  }

  /** Whether this process has it, as far as it is known from the last look. */
  public boolean isHeld() {
    return held;
  }

  /** Gives it back, if it is held. */
  public synchronized void release() {
    if (!held) {
      return;
    }
    held = false;
    try {
      if (cache.get(DUMP_LEASE).filter(this::isOwn).isPresent()) {
        cache.delete(DUMP_LEASE);
      }
    } catch (StoreUnavailable e) {
      // It ends by itself.
      return;
    }
  }

  private boolean isOwn(CacheValue value) {
    return value.equals(own);
  }

  private static String text(CacheValue value) {
    return new String(value.bytes(), StandardCharsets.UTF_8);
  }
}

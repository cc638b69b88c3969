package org.ocmcore.cache.domain.schedule;

import static org.ocmcore.cache.domain.key.ReservedKeys.DUMP_LEASE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.ReservedKeys;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * A lease that lets one of several processes make the automatic dumps of the same servers. The
 * holder keeps it from dump to dump. If the holder dies, the lease expires and another process
 * takes it. Safe for use by any number of threads.
 *
 * <p>The lease is a key in the cache, {@link ReservedKeys#DUMP_LEASE}, whose value is the holder's
 * name. After a flush, an eviction or a restart of its server the next process takes it. A holder
 * that lost it during a dump notices before its dump becomes current, except in the instant
 * between.
 */
public final class DumpLease {
  private final CachePort cache;
  private final CacheValue own;
  private final AtomicLong writes = new AtomicLong();
  private volatile boolean held;
  private volatile String other = "";

  /** @param holder names this process, also for people */
  public DumpLease(CachePort cache, String holder) {
    this.cache = cache;
    this.own = CacheValue.ofText(holder);
  }

  /**
   * Takes or renews the lease for this time.
   *
   * @return false if another process holds it; see {@link #holder}
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
   * Renews the lease for this time.
   *
   * @throws DumpFailed if it is lost: another process may be dumping
   * @throws StoreUnavailable if its server does not answer
   */
  public void renew(Duration length) {
    requireHeld();
    if (!hold(length)) {
      throw lost();
    }
  }

  /** The number of changes on servers that the lease has caused. */
  long writes() {
    return writes.get();
  }

  /**
   * Checks that it is still held.
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

  /** The holder as of the last check; empty if unknown. */
  public Optional<String> holder() {
    String holder = held ? text(own) : other;
    return holder.isEmpty() ? Optional.empty() : Optional.of(holder);
  }

  /** Whether this process held it at the last check. */
  public boolean isHeld() {
    return held;
  }

  /** Releases it if it is held. */
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

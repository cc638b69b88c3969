package org.ocmcore.cache.domain.client;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * Drops what one feed reports as changed. A feed that reports some kinds of changes only is ended
 * at once: it would take one of the server's few places for nothing.
 */
final class NearIntake implements ChangeListener {
  private final NearCache near;
  private final Consumer<NearIntake> onBegan;
  private final Thread reader = Thread.currentThread();
  private final AtomicLong reported = new AtomicLong();
  private boolean isPartial;
  private volatile boolean wasTrusted;

  /**
   * For the feed that this thread is going to read.
   *
   * @param onBegan is called if the feed reports every change
   */
  NearIntake(NearCache near, Consumer<NearIntake> onBegan) {
    this.near = near;
    this.onBegan = onBegan;
  }

  /** Ends the feed. */
  void end() {
    reader.interrupt();
  }

  /** The reports of stores so far. */
  long reported() {
    return reported.get();
  }

  /** Whether the feed was ended since it reports some kinds of changes only. */
  boolean isPartial() {
    return isPartial;
  }

  /** Notes that values were kept longer because of this feed. */
  void trust() {
    wasTrusted = true;
  }

  boolean wasTrusted() {
    return wasTrusted;
  }

  @Override
  public void withheld(String reason) {
    // The kinds say what matters here.
  }

  @Override
  public void began(Set<Kind> kinds) {
    if (kinds.contains(Kind.MUTATIONS) && kinds.contains(Kind.DELETIONS)) {
      onBegan.accept(this);
    } else {
      isPartial = true;
      end();
    }
  }

  @Override
  public void stored(KeyInfo key, Instant at) {
    near.invalidate(key.key());
  }

  @Override
  public void removed(CacheKey key, Instant at) {
    near.invalidate(key);
  }

  @Override
  public void evicted(CacheKey key, Instant at) {
    near.invalidate(key);
  }

  @Override
  public void counted(Kind kind) {
    if (kind == Kind.MUTATIONS) {
      reported.incrementAndGet();
    }
  }

  @Override
  public void skipped(long count) {
    // The feed does not report their kinds.
    reported.addAndGet(count);
    near.invalidateAll();
  }

  @Override
  public void caughtUp() {
    // Every change was dropped when it came.
  }
}

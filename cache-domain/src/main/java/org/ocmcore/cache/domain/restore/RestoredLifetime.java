package org.ocmcore.cache.domain.restore;

import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;

/** How long entries live that are restored. */
public sealed interface RestoredLifetime {
  /** Until they would have ended anyway; what has ended is not restored. */
  RestoredLifetime REMAINING = new Remaining();

  /** As long as was left of them when the dump was made. */
  RestoredLifetime SHIFTED = new Shifted();

  /** So long from now on, whatever it was. */
  static RestoredLifetime fixed(Lifetime lifetime) {
    return new Fixed(lifetime);
  }

  /**
   * When an entry ends that is restored now.
   *
   * @param dumped when it would have ended
   * @param createdAt the moment that its dump stands for
   */
  Expiry expiry(Expiry dumped, Instant createdAt, Instant now);

  /** See {@link #REMAINING}. */
  record Remaining() implements RestoredLifetime {
    @Override
    public Expiry expiry(Expiry dumped, Instant createdAt, Instant now) {
      return dumped;
    }
  }

  /** See {@link #SHIFTED}. */
  record Shifted() implements RestoredLifetime {
    @Override
    public Expiry expiry(Expiry dumped, Instant createdAt, Instant now) {
      Duration age = Duration.between(createdAt, now);
      return dumped.instant().map(end -> Expiry.at(end.plus(age))).orElse(Expiry.NEVER);
    }
  }

  /** See {@link #fixed}. */
  record Fixed(Lifetime lifetime) implements RestoredLifetime {
    @Override
    public Expiry expiry(Expiry dumped, Instant createdAt, Instant now) {
      return Expiry.after(now, lifetime);
    }
  }
}

package org.ocmcore.cache.domain.restore;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;

/** The lifetime of restored entries. */
public sealed interface RestoredLifetime {
  /** Until the original expiry. Expired entries are left out. */
  RestoredLifetime REMAINING = new Remaining();

  /** As long as was left when the dump was made. */
  RestoredLifetime SHIFTED = new Shifted();

  /** This lifetime from now on. */
  static RestoredLifetime fixed(Lifetime lifetime) {
    return new Fixed(lifetime);
  }

  /**
   * The expiry of an entry that is restored now.
   *
   * @param dumped its original expiry
   * @param createdAt the time that its dump represents
   */
  Expiry expiry(Expiry dumped, Instant createdAt, Clock clock);

  /** In words; empty for the original expiry. */
  String words();

  /** See {@link #REMAINING}. */
  record Remaining() implements RestoredLifetime {
    @Override
    public Expiry expiry(Expiry dumped, Instant createdAt, Clock clock) {
      return dumped;
    }

    @Override
    public String words() {
      return "";
    }
  }

  /** See {@link #SHIFTED}. */
  record Shifted() implements RestoredLifetime {
    @Override
    public Expiry expiry(Expiry dumped, Instant createdAt, Clock clock) {
      Duration age = Duration.between(createdAt, clock.instant());
      return dumped.instant().map(end -> Expiry.at(end.plus(age))).orElse(Expiry.NEVER);
    }

    @Override
    public String words() {
      return "shifted by the age of the dump";
    }
  }

  /** See {@link #fixed}. */
  record Fixed(Lifetime lifetime) implements RestoredLifetime {
    @Override
    public Expiry expiry(Expiry dumped, Instant createdAt, Clock clock) {
      return Expiry.after(clock.instant(), lifetime);
    }

    @Override
    public String words() {
      return lifetime.words();
    }
  }
}

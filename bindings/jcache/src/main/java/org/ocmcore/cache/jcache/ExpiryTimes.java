package org.ocmcore.cache.jcache;

import java.util.Optional;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;

/** Lifetimes by the application's policy. For any number of threads if the policy is. */
final class ExpiryTimes {
  private final ExpiryPolicy policy;

  ExpiryTimes(ExpiryPolicy policy) {
    this.policy = policy;
  }

  /** The lifetime of a new entry. */
  Duration afterCreation() {
    Duration lifetime = policy.getExpiryForCreation();
    return lifetime == null ? Duration.ETERNAL : lifetime;
  }

  /** The new lifetime of an entry that was read; empty if it keeps its own. */
  Optional<Duration> afterAccess() {
    return Optional.ofNullable(policy.getExpiryForAccess());
  }

  /** The new lifetime of an entry that was updated; empty if it keeps its own. */
  Optional<Duration> afterUpdate() {
    return Optional.ofNullable(policy.getExpiryForUpdate());
  }

  /** When a lifetime that begins now ends. */
  static long end(Duration lifetime, long now) {
    return lifetime.isEternal() ? Slot.NEVER : lifetime.getAdjustedTime(now);
  }
}

package org.ocmcore.cache.domain.bulk;

import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** What is done to many keys. */
public sealed interface BulkChange {
  /** They are removed. */
  BulkChange DELETE = new Delete();

  /** What it is called. */
  String verb();

  /** How it is done, in words; empty if there is but one way. */
  String manner();

  /** See {@link #DELETE}. */
  record Delete() implements BulkChange {
    @Override
    public String verb() {
      return "delete";
    }

    @Override
    public String manner() {
      return "";
    }
  }

  /**
   * They get a new lifetime.
   *
   * @param jitter the share of the lifetime, 0 to 1, by which it is shortened at the most, each key
   *     by a part of its own, so that they do not all end together
   */
  record Refresh(Lifetime lifetime, double jitter) implements BulkChange {
    /** To a share of so many parts. */
    private static final int BITS = 53;

    public Refresh {
      if (!(jitter >= 0 && jitter <= 1)) {
        throw new IllegalArgumentException("jitter is " + jitter + ", it must be 0 to 1");
      }
    }

    @Override
    public String verb() {
      return "refresh";
    }

    @Override
    public String manner() {
      String timeout = lifetime.isForever() ? "for ever" : "timeout " + lifetime.seconds();
      return jitter == 0 ? timeout : timeout + ", jitter " + jitter;
    }

    /** The lifetime of a key, at least a second; always the same for it. */
    Lifetime lifetimeOf(CacheKey key) {
      if (jitter == 0 || lifetime.isForever()) {
        return lifetime;
      }
      // The last step of MurmurHash3, so that all bits count.
      long hash = key.hashCode() * 0xff51afd7ed558ccdL;
      hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
      double part = (hash >>> Long.SIZE - BITS) / (double) (1L << BITS);
      return Lifetime.ofSeconds(Math.max(1, Math.round(lifetime.seconds() * (1 - jitter * part))));
    }
  }
}

package org.ocmcore.cache.domain.bulk;

import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** A change of many keys. */
public sealed interface BulkChange {
  /** Deletes the keys. */
  BulkChange DELETE = new Delete();

  /** The verb, for messages. */
  String verb();

  /** How, in words; empty if there is only one way. */
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
   * Gives the keys a new lifetime.
   *
   * @param jitter each key's lifetime is shortened by its own part of this share, 0 to 1, so that
   *     the keys do not expire together
   */
  record Refresh(Lifetime lifetime, double jitter) implements BulkChange {
    /** The resolution of the share. */
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
      return jitter == 0 ? lifetime.words() : lifetime.words() + ", jitter " + jitter;
    }

    /** The lifetime of a key, at least a second; always the same for the same key. */
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

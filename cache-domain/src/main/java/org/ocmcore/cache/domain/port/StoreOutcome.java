package org.ocmcore.cache.domain.port;

/** The result of storing one entry. */
public enum StoreOutcome {
  /** It is stored. */
  STORED,
  /** The key existed, and only absent keys were to be stored. */
  EXISTS,
  /** The entry had expired. */
  EXPIRED,
  /** The item exceeds the store's limit; the older value stays. */
  TOO_LARGE,
  /** The store refused it for another reason, for example because it is out of memory. */
  REFUSED
}

package org.ocmcore.cache.domain.port;

/** What became of an entry that was to be stored. */
public enum StoreOutcome {
  /** It is stored. */
  STORED,
  /** The key was there already, and only absent keys were to be stored. */
  EXISTS,
  /** Its expiry had passed. */
  EXPIRED,
  /** It is over the store's limit; what stood under the key still does. */
  TOO_LARGE,
  /** The store refused it for another reason, such as being out of memory. */
  REFUSED
}

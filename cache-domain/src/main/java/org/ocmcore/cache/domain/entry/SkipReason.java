package org.ocmcore.cache.domain.entry;

import java.util.Locale;

/** Why a dump or a restore leaves an entry out. In alphabetical order. */
public enum SkipReason {
  /** Another server than the one that was asked holds the key. */
  ELSEWHERE,
  /** The key exists, and only absent keys are restored. */
  EXISTS,
  /** The entry has expired. */
  EXPIRED,
  /** The store refused or failed to return the entry. */
  FAILED,
  /** The key disappeared during the dump. */
  GONE,
  /** The entry does not match the filter. */
  NOT_MATCHING,
  /** A client marked the value as out of date, or had not stored the first value yet. */
  STALE,
  /** The item is larger than the server or the dump allows. */
  TOO_LARGE,
  /** The server was not empty, and only empty servers are restored. */
  WARM_SERVER;

  /** The name in lower case, for logs. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

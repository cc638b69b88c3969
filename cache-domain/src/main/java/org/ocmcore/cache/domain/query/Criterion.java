package org.ocmcore.cache.domain.query;

import java.util.Locale;

/** One of {@link KeyCriteria}. */
public enum Criterion {
  MIN_SIZE,
  MAX_SIZE,
  TTL_BELOW,
  TTL_ABOVE,
  NO_TTL,
  IDLE_ABOVE,
  IDLE_BELOW,
  NEVER_FETCHED;

  /** The criterion in words. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package org.ocmcore.cache.domain;

import org.ocmcore.cache.domain.access.Caller;

/** All use cases for one caller. */
public record CallerUseCases(Caller caller, CacheReader reader, CacheAdmin admin) {
  /** The same use cases for another caller. */
  public CallerUseCases as(Caller other) {
    return new CallerUseCases(other, reader.as(other), admin.as(other));
  }
}

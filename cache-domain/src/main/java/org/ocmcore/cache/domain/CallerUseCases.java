package org.ocmcore.cache.domain;

import org.ocmcore.cache.domain.access.Caller;

/** All use cases for one caller. */
public record CallerUseCases(Caller caller, CacheReader reader, CacheAdmin admin) {
  /**
   * The same use cases for another caller. Work without lasting effect ends when the requester does
   * not wait any more.
   */
  public CallerUseCases as(Caller other, Requester waiting) {
    return new CallerUseCases(other, reader.as(other, waiting), admin.as(other, waiting));
  }
}

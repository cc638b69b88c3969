package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The place where dumps are kept, as it is now.
 *
 * @param problem why no dump can be written there, in words; empty if one can
 * @param freeBytes the space that is left there; empty if the place has no such bound
 * @param writtenAt when the current dump was written; empty if there is none
 */
public record DumpPlace(
    Optional<String> problem, OptionalLong freeBytes, Optional<Instant> writtenAt) {
  /** A place without bounds that has no dump. */
  public static final DumpPlace UNBOUNDED =
      new DumpPlace(Optional.empty(), OptionalLong.empty(), Optional.empty());
}

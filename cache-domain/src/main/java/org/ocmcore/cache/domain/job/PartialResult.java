package org.ocmcore.cache.domain.job;

import java.util.Optional;
import org.ocmcore.cache.domain.error.CacheException;

/** What came of work that may have failed or been cancelled after a part of it was done. */
public interface PartialResult {
  /** Why not all is done; empty if it is. */
  Optional<CacheException> failure();
}

package org.ocmcore.cache.domain.job;

import java.util.Optional;
import org.ocmcore.cache.domain.error.CacheException;

/** The result of a task that may have failed or been cancelled after doing a part. */
public interface PartialResult {
  /** Why a part is missing; empty if none is. */
  Optional<CacheException> failure();

  /** What became of how many keys, in words for the log. */
  String words();
}

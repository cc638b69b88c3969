package org.ocmcore.cache.domain.dump;

import java.util.Optional;
import org.ocmcore.cache.domain.key.KeyPattern;

/**
 * What is to be restored, and how.
 *
 * @param name the dump; empty for the newest
 * @param mode what happens to keys that live
 * @param pattern only keys in which it is found; empty for all
 * @param dryRun whether to count only
 */
public record RestoreRequest(
    Optional<String> name, Mode mode, Optional<KeyPattern> pattern, boolean dryRun) {
  /** What happens to a key that lives and is also in the dump. */
  public enum Mode {
    /** It stays as it is. */
    ADD,
    /** It is overwritten. */
    REPLACE
  }
}

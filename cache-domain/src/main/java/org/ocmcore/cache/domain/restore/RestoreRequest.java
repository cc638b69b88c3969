package org.ocmcore.cache.domain.restore;

import java.util.Optional;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * What is to be restored, and how.
 *
 * @param name the dump; empty for the newest good one
 * @param mode what happens to keys that live
 * @param filter only entries that pass it, as they would be once they are restored; where they were
 *     when they were dumped does not count, so it must not name a server
 * @param lifetime how long they live
 * @param coldOnly whether only those servers get entries that are empty, or were started after the
 *     dump was made: what others lack was deleted, or pushed out
 * @param salvage whether a damaged dump is restored as far as it is intact
 * @param dryRun whether to count only
 */
public record RestoreRequest(
    Optional<String> name,
    Mode mode,
    KeyFilter filter,
    RestoredLifetime lifetime,
    boolean coldOnly,
    boolean salvage,
    boolean dryRun) {
  /** All that the newest dump holds and the cache does not, until it would have ended anyway. */
  public static final RestoreRequest MISSING = new RestoreRequest(
      Optional.empty(), Mode.ADD, KeyFilter.ALL, RestoredLifetime.REMAINING, false, false, false);

  public RestoreRequest {
    if (filter.server().isPresent()) {
      throw new IllegalArgumentException(
          "server is \"%s\", which cannot be asked for: entries go where they belong now"
              .formatted(filter.server().get()));
    }
  }

  /** What happens to a key that lives and is also in the dump. */
  public enum Mode {
    /** It stays as it is. */
    ADD,
    /** It is overwritten. */
    REPLACE
  }

  /** The same, of this dump. */
  public RestoreRequest of(String dump) {
    return new RestoreRequest(Optional.of(dump), mode, filter, lifetime, coldOnly, salvage, dryRun);
  }

  /** The same, in this mode. */
  public RestoreRequest in(Mode other) {
    return new RestoreRequest(name, other, filter, lifetime, coldOnly, salvage, dryRun);
  }

  /** The same, of entries that pass this. */
  public RestoreRequest with(KeyFilter other) {
    return new RestoreRequest(name, mode, other, lifetime, coldOnly, salvage, dryRun);
  }

  /** The same, for entries to live so long. */
  public RestoreRequest with(RestoredLifetime other) {
    return new RestoreRequest(name, mode, filter, other, coldOnly, salvage, dryRun);
  }

  /** The same, onto servers that have lost what they held. */
  public RestoreRequest ontoCold() {
    return new RestoreRequest(name, mode, filter, lifetime, true, salvage, dryRun);
  }

  /** The same, of what is intact. */
  public RestoreRequest salvaging() {
    return new RestoreRequest(name, mode, filter, lifetime, coldOnly, true, dryRun);
  }

  /** The same, but nothing is stored. */
  public RestoreRequest rehearsed() {
    return new RestoreRequest(name, mode, filter, lifetime, coldOnly, salvage, true);
  }
}

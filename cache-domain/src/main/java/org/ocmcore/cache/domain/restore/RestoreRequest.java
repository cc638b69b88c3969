package org.ocmcore.cache.domain.restore;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * What to restore, and how.
 *
 * @param name the dump; empty for the newest good one
 * @param createdAt the time of the dump, to the millisecond: the restore fails if the name is that
 *     of another dump by now. Empty for any
 * @param mode for keys that exist on the server where an entry goes; copies on other servers stay
 *     in any mode
 * @param filter selects entries as they would be after the restore; must not name a server, nor
 *     select by what was fetched
 * @param lifetime of the restored entries
 * @param placement which server each entry goes to
 * @param coldOnly whether to restore only onto servers that are empty or were started after the
 *     dump. What another server lacks was deleted or evicted
 * @param salvage whether to restore what is intact of a damaged dump
 * @param dryRun whether to count only
 * @param maxKeys the most entries to store: the restore fails when one more would be stored, and
 *     what is stored stays. A dry run counts all, whatever it is. Empty for no limit; not negative
 */
public record RestoreRequest(
    Optional<String> name,
    Optional<Instant> createdAt,
    Mode mode,
    KeyFilter filter,
    RestoredLifetime lifetime,
    Placement placement,
    boolean coldOnly,
    boolean salvage,
    boolean dryRun,
    OptionalLong maxKeys) {
  /** Everything in the newest dump that the cache lacks, with the original expiry. */
  public static final RestoreRequest MISSING = new RestoreRequest(
      Optional.empty(),
      Optional.empty(),
      Mode.ADD,
      KeyFilter.ALL,
      RestoredLifetime.REMAINING,
      Placement.ORIGIN,
      false,
      false,
      false,
      OptionalLong.empty());

  public RestoreRequest {
    if (maxKeys.isPresent() && maxKeys.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "maxKeys is " + maxKeys.getAsLong() + ", it must not be negative");
    }
    if (filter.server().isPresent()) {
      throw new IllegalArgumentException(
          "server is \"%s\", which cannot be asked for: the placement decides where entries go"
              .formatted(filter.server().get()));
    }
    if (filter.traits().neverFetched()) {
      throw new IllegalArgumentException(
          "never fetched cannot be asked for: a dump does not say which keys were fetched");
    }
  }

  /** The dump, the entries and the manner in words; not whether it is a dry run. */
  public String about() {
    return Stream.of(
            name.map(dump -> "dump '" + dump + "'").orElse("the newest dump")
                + createdAt.map(time -> " of " + time).orElse(""),
            "entries with " + filter,
            mode == Mode.REPLACE ? "replaces keys that exist" : "leaves keys that exist",
            lifetime.words(),
            placement == Placement.RING ? "where new keys go" : "",
            coldOnly ? "onto servers that lost their items" : "",
            salvage ? "what is intact" : "",
            maxKeys.isPresent() ? "at most %d entries".formatted(maxKeys.getAsLong()) : "")
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** What happens to a key that exists and is in the dump. */
  public enum Mode {
    /** It stays as it is. */
    ADD,
    /** It is overwritten. */
    REPLACE
  }

  /** Which server an entry goes to. */
  public enum Placement {
    /**
     * The one that it came from, so that the client that stored it finds it; if that is not
     * configured any more, the one where the key belongs now.
     */
    ORIGIN,
    /** The one where the key belongs now. */
    RING
  }

  /** The same with entries on these servers. */
  public RestoreRequest onto(Placement other) {
    return new RestoreRequest(
        name, createdAt, mode, filter, lifetime, other, coldOnly, salvage, dryRun, maxKeys);
  }

  /** The same from this dump, of any time. */
  public RestoreRequest of(String dump) {
    return new RestoreRequest(
        Optional.of(dump),
        Optional.empty(),
        mode,
        filter,
        lifetime,
        placement,
        coldOnly,
        salvage,
        dryRun,
        maxKeys);
  }

  /** The same, if the dump is of this time. */
  public RestoreRequest madeAt(Instant time) {
    return new RestoreRequest(
        name,
        Optional.of(time),
        mode,
        filter,
        lifetime,
        placement,
        coldOnly,
        salvage,
        dryRun,
        maxKeys);
  }

  /** The same in this mode. */
  public RestoreRequest in(Mode other) {
    return new RestoreRequest(
        name, createdAt, other, filter, lifetime, placement, coldOnly, salvage, dryRun, maxKeys);
  }

  /** The same for entries of this filter. */
  public RestoreRequest with(KeyFilter other) {
    return new RestoreRequest(
        name, createdAt, mode, other, lifetime, placement, coldOnly, salvage, dryRun, maxKeys);
  }

  /** The same with this lifetime. */
  public RestoreRequest with(RestoredLifetime other) {
    return new RestoreRequest(
        name, createdAt, mode, filter, other, placement, coldOnly, salvage, dryRun, maxKeys);
  }

  /** The same onto servers that have lost their keys. */
  public RestoreRequest ontoCold() {
    return new RestoreRequest(
        name, createdAt, mode, filter, lifetime, placement, true, salvage, dryRun, maxKeys);
  }

  /** The same from what is intact. */
  public RestoreRequest salvaging() {
    return new RestoreRequest(
        name, createdAt, mode, filter, lifetime, placement, coldOnly, true, dryRun, maxKeys);
  }

  /** The same as a dry run. */
  public RestoreRequest asDryRun() {
    return new RestoreRequest(
        name, createdAt, mode, filter, lifetime, placement, coldOnly, salvage, true, maxKeys);
  }

  /** The same with this limit of entries. */
  public RestoreRequest atMost(OptionalLong keys) {
    return new RestoreRequest(
        name, createdAt, mode, filter, lifetime, placement, coldOnly, salvage, dryRun, keys);
  }
}

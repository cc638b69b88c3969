package org.ocmcore.cache.domain.changes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.changes.SkippedChanges.Reason;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyMatcher;

/**
 * The changes that match a query, for one subscriber. Call {@link #gather} several times a second:
 * changes that are not gathered in time are overwritten, and counted as skipped. Safe for use by
 * any number of threads.
 *
 * <p>A subscriber who is limited to some apps learns nothing of the changes of others: counts that
 * include them are left out, and so is how the servers are set up.
 */
public final class ChangeSubscription implements AutoCloseable {
  /**
   * A pattern may take so much work on this number of keys, and then again. A pattern that is
   * costly on each key is refused, and one that is not can be followed for ever.
   */
  private static final int KEYS_PER_MATCHER = 20_000;

  private final ChangeStream stream;
  private final ChangeLog.Reader reader;
  private final ChangeQuery query;
  private final AppRule apps;
  private final int capacity;
  private final List<KeyChange> buffer = new ArrayList<>();

  /** The number of matching changes that the buffer had no room for, by server. */
  private final Map<String, Long> overflow = new LinkedHashMap<>();

  /** What the feeds had left out when that was last reported. */
  private final Map<ChangeSource, Long> lossesReported = new HashMap<>();

  private List<FollowedServer> statesReported = List.of();
  private KeyMatcher matcher;
  private int matched;
  private long overwritten;
  private boolean isClosed;

  ChangeSubscription(
      ChangeStream stream, ChangeLog.Reader reader, ChangeQuery query, AppRule apps, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("buffer is " + capacity + ", it must be at least 1");
    }
    this.stream = stream;
    this.reader = reader;
    this.query = query;
    this.apps = apps;
    this.capacity = capacity;
    stream.sources().forEach(source -> lossesReported.put(source, source.skipped()));
  }

  /**
   * What is new.
   *
   * @param servers all followed servers, at the beginning and when one of them has changed; empty
   *     if none has
   * @param changes in the order in which they were reported
   * @param skipped changes that are missing before, among or after these
   */
  public record News(
      Optional<List<FollowedServer>> servers,
      List<KeyChange> changes,
      List<SkippedChanges> skipped) {
    public News {
      changes = List.copyOf(changes);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * Matches the changes that have come, and keeps those that match until they are taken.
   *
   * @throws org.ocmcore.cache.domain.error.PatternTooCostly if the pattern takes too much work;
   *     then close this
   */
  public synchronized void gather() {
    if (isClosed) {
      return;
    }
    long limit = reader.end();
    for (KeyChange change = reader.next(limit); change != null; change = reader.next(limit)) {
      if (matches(change)) {
        keep(change);
      }
    }
    overwritten += reader.takeMissed();
  }

  private boolean matches(KeyChange change) {
    return query.kinds().contains(change.kind())
        && selects(change.server())
        && matcher().passes(change.key());
  }

  private boolean selects(String server) {
    return query.filter().server().map(server::equals).orElse(true);
  }

  private KeyMatcher matcher() {
    if (matcher == null || matched == KEYS_PER_MATCHER) {
      // The time counts for traits only, and there are none.
      matcher = new KeyMatcher(query.filter(), apps, Instant.EPOCH);
      matched = 0;
    }
    matched++;
    return matcher;
  }

  private void keep(KeyChange change) {
    if (buffer.size() < capacity) {
      buffer.add(change);
    } else {
      overflow.merge(change.server(), 1L, Long::sum);
    }
  }

  /** What was gathered and has changed since the last call. */
  public synchronized News take() {
    List<KeyChange> changes = List.copyOf(buffer);
    List<SkippedChanges> skipped = new ArrayList<>();
    buffer.clear();
    overflow.forEach((server, count) -> skipped.add(
        new SkippedChanges(Reason.BUFFER_FULL, Optional.of(server), OptionalLong.of(count))));
    overflow.clear();
    if (overwritten > 0) {
      skipped.add(new SkippedChanges(Reason.OVERLOAD, Optional.empty(), ofAll(overwritten)));
      overwritten = 0;
    }
    List<ChangeSource> sources =
        stream.sources().stream().filter(source -> selects(source.server())).toList();
    sources.forEach(source -> addLoss(source, skipped));
    lossesReported.keySet().retainAll(sources);
    return new News(newStates(sources), changes, skipped);
  }

  /** A count of changes by all, as this subscriber may see it. */
  private OptionalLong ofAll(long count) {
    KeyFilter filter = query.filter();
    return filter.scope().isAll() ? OptionalLong.of(count) : OptionalLong.empty();
  }

  private void addLoss(ChangeSource source, List<SkippedChanges> skipped) {
    long lost = source.skipped();
    Long before = lossesReported.put(source, lost);
    long count = lost - (before == null ? 0 : before);
    if (count > 0) {
      skipped.add(new SkippedChanges(Reason.FEED, Optional.of(source.server()), ofAll(count)));
    }
  }

  private Optional<List<FollowedServer>> newStates(List<ChangeSource> sources) {
    KeyFilter filter = query.filter();
    boolean isWhole = filter.scope().isAll();
    List<FollowedServer> states = sources.stream()
        .map(ChangeSource::state)
        .map(state -> isWhole ? state : state.withoutDetails())
        .toList();
    if (states.equals(statesReported)) {
      return Optional.empty();
    }
    statesReported = states;
    return Optional.of(states);
  }

  /** Ends the subscription; closing it twice does nothing. */
  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      buffer.clear();
      stream.unsubscribe();
    }
  }
}

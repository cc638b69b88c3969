package org.ocmcore.cache.domain.changes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;

/**
 * Publishes what the feed of one server reports. Receives one feed after the other, from one thread
 * at a time; its getters are safe for any thread.
 */
public final class ChangeSource implements ChangeListener, AutoCloseable {
  private final String server;
  private final ChangeStream stream;

  /** The kinds that are reported without a feed. */
  private final Set<ChangeKind> own;

  private Optional<String> withheld = Optional.empty();
  private volatile FollowedServer state;
  private volatile long skipped;

  ChangeSource(String server, ChangeStream stream, Set<ChangeKind> own) {
    this.server = server;
    this.stream = stream;
    this.own = own;
    this.state = new FollowedServer(server, own, Optional.of("its feed has not begun"));
  }

  /** What is reported now. */
  FollowedServer state() {
    return state;
  }

  /** The number of changes that feeds left out so far. */
  long skipped() {
    return skipped;
  }

  /** The address of the server. */
  public String server() {
    return server;
  }

  @Override
  public void withheld(String reason) {
    withheld = Optional.of(reason);
  }

  @Override
  public void began(Set<Kind> kinds) {
    Set<ChangeKind> reports = EnumSet.noneOf(ChangeKind.class);
    reports.addAll(own);
    kinds.forEach(kind -> reports.add(kind(kind)));
    List<String> reasons = new ArrayList<>();
    if (!reports.contains(ChangeKind.STORED)) {
      reasons.add(withheld.orElse("its feed does not report stores"));
    }
    if (!reports.contains(ChangeKind.DELETED)) {
      reasons.add("its feed does not report deletions; newer releases of memcached do");
    }
    if (!reports.contains(ChangeKind.EVICTED)) {
      reasons.add("its feed does not report evictions");
    }
    withheld = Optional.empty();
    state = new FollowedServer(
        server,
        reports,
        reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons)));
  }

  private static ChangeKind kind(Kind kind) {
    return switch (kind) {
      case MUTATIONS -> ChangeKind.STORED;
      case DELETIONS -> ChangeKind.DELETED;
      case EVICTIONS -> ChangeKind.EVICTED;
    };
  }

  /**
   * The feed has ended, or there is none.
   *
   * @param reason why, in words
   */
  public void ended(String reason) {
    state = new FollowedServer(server, own, Optional.of(withheld.orElse(reason)));
    withheld = Optional.empty();
  }

  @Override
  public void stored(KeyInfo key, Instant at) {
    if (stream.hasSubscribers()) {
      stream.publish(
          new KeyChange(ChangeKind.STORED, key.key(), server, at, OptionalLong.of(key.size())));
    }
  }

  @Override
  public void removed(CacheKey key, Instant at) {
    publish(ChangeKind.DELETED, key, at);
  }

  @Override
  public void evicted(CacheKey key, Instant at) {
    publish(ChangeKind.EVICTED, key, at);
  }

  private void publish(ChangeKind kind, CacheKey key, Instant at) {
    if (stream.hasSubscribers()) {
      stream.publish(new KeyChange(kind, key, server, at, OptionalLong.empty()));
    }
  }

  @Override
  public void counted(Kind kind) {
    // Not every counted change is one.
  }

  @Override
  public void skipped(long count) {
    skipped += count;
  }

  @Override
  public void caughtUp() {
    // Changes are published as they come.
  }

  /** The server has left. */
  @Override
  public void close() {
    stream.remove(this);
  }
}

package org.ocmcore.cache.domain.client;

import java.time.Duration;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Keeps the near values of one server honest. One thread reads the server's feed, one feed after
 * the other; another fetches its statistics while a feed is live. Values live longer than a second
 * only while both work.
 */
final class NearFeed {
  /** The time between two looks at the statistics. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** The pause after a server has offered no feed of every change. */
  static final Duration PAUSE_WITHOUT_FEED = Duration.ofSeconds(60);

  private final String server;
  private final KeyspacePort keyspace;
  private final NearCache near;
  private final Pause pause;
  private final Runnable onWatch;

  private volatile boolean isClosed;

  /** The feed that reports every change, or null. */
  private NearIntake live;

  /** Null until the statistics were fetched after the feed had begun. */
  private NearHealth health;

  /** @param onWatch called once for each check of the statistics */
  NearFeed(String server, KeyspacePort keyspace, NearCache near, Pause pause, Runnable onWatch) {
    this.server = server;
    this.keyspace = keyspace;
    this.near = near;
    this.pause = pause;
    this.onWatch = onWatch;
  }

  /** Ends both threads soon; an interrupt after this call ends them at once. */
  void close() {
    isClosed = true;
  }

  /** Reads feeds until this is closed. */
  void follow() {
    Duration wait = FIRST_PAUSE;
    while (!isClosed) {
      NearIntake intake = new NearIntake(near, this::began);
      boolean isOffered = followOnce(intake);
      // The interrupt that ended the feed must not end the pause.
      Thread.interrupted();
      wait = intake.wasTrusted() ? FIRST_PAUSE : wait;
      sleep(isOffered ? wait : PAUSE_WITHOUT_FEED);
      wait =
          wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  /** Returns whether it is worth asking again soon. */
  private boolean followOnce(NearIntake intake) {
    try {
      return keyspace.follow(server, intake);
    } catch (StoreUnavailable e) {
      return !e.isRefusal() && !intake.isPartial();
    } catch (IllegalStateException e) {
      // The store is closed, perhaps by another owner than the cache.
      close();
      return false;
    } finally {
      ended(intake);
    }
  }

  private void sleep(Duration time) {
    try {
      if (!isClosed) {
        pause.sleep(time);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts a pause, and the loops ask for it.
    }
  }

  /** Checks the statistics until this is closed. */
  void watch() {
    while (!isClosed) {
      onWatch.run();
      check(System.nanoTime());
      sleep(INTERVAL);
    }
  }

  /** Fetches the statistics if a feed is live, and drops what they do not vouch for. */
  void check(long now) {
    NearIntake checked = live();
    if (checked == null) {
      return;
    }
    long reported = checked.reported();
    try {
      checked(checked, keyspace.stats(server), reported, now);
    } catch (StoreUnavailable e) {
      distrust(checked);
    } catch (IllegalStateException e) {
      // The store is closed.
      distrust(checked);
      close();
    }
  }

  private synchronized NearIntake live() {
    return live;
  }

  private synchronized void checked(
      NearIntake checked, ServerStats stats, long reported, long now) {
    if (live != checked) {
      return;
    }
    if (health == null) {
      health = new NearHealth(stats, reported);
      checked.trust();
      near.followed(server);
      return;
    }
    switch (health.check(stats, reported, now)) {
      case FINE -> {}
      case LOSS -> near.invalidateAll();
      case DEAD -> {
        distrust(checked);
        checked.end();
      }
    }
  }

  private synchronized void began(NearIntake intake) {
    live = intake;
  }

  private synchronized void ended(NearIntake intake) {
    distrust(intake);
    live = null;
  }

  /** The next statistics begin anew. */
  private synchronized void distrust(NearIntake intake) {
    if (live == intake) {
      health = null;
      near.unfollowed(server);
    }
  }
}

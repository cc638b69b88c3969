package org.ocmcore.cache.domain.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Pause;

/**
 * The feeds of all servers, on two daemon threads for each server. Servers that join are followed
 * within about a second.
 */
final class NearFeeds implements AutoCloseable {
  static final String THREAD_NAME = "cache-near-";

  private final KeyspacePort keyspace;
  private final NearCache near;
  private final Pause pause;

  // Guarded by this.
  private final Map<String, Following> followed = new LinkedHashMap<>();
  private boolean isClosed;

  private NearFeeds(KeyspacePort keyspace, NearCache near, Pause pause) {
    this.keyspace = keyspace;
    this.near = near;
    this.pause = pause;
  }

  /** A feed and its threads. */
  private record Following(NearFeed feed, List<Thread> threads) {
    void end() {
      feed.close();
      threads.forEach(Thread::interrupt);
    }
  }

  /** Starts the threads. Does not wait for any server. */
  static NearFeeds start(KeyspacePort keyspace, NearCache near, Pause pause) {
    NearFeeds started = new NearFeeds(keyspace, near, pause);
    started.followPresent();
    return started;
  }

  /** Follows the servers that have joined, and no longer those that have left. */
  private synchronized void followPresent() {
    List<String> present = keyspace.servers();
    if (isClosed || followed.keySet().equals(Set.copyOf(present))) {
      return;
    }
    followed.entrySet().removeIf(entry -> {
      boolean hasLeft = !present.contains(entry.getKey());
      if (hasLeft) {
        entry.getValue().end();
      }
      return hasLeft;
    });
    // Keys may belong on other servers now, whose feeds have not reported any change yet.
    near.invalidateAll();
    present.forEach(server -> followed.computeIfAbsent(server, this::follow));
  }

  private Following follow(String server) {
    NearFeed feed = new NearFeed(server, keyspace, near, pause, this::followPresent);
    return new Following(
        feed,
        List.of(start("feed-" + server, feed::follow), start("health-" + server, feed::watch)));
  }

  private static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, THREAD_NAME + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Ends the threads; does not wait for them. */
  @Override
  public synchronized void close() {
    isClosed = true;
    followed.values().forEach(Following::end);
  }
}

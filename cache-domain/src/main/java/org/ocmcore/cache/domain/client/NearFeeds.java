package org.ocmcore.cache.domain.client;

import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Pause;

/** The feeds of all servers, on two daemon threads for each server. */
final class NearFeeds implements AutoCloseable {
  static final String THREAD_NAME = "cache-near-";

  private final List<NearFeed> feeds = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private NearFeeds() {}

  /** Starts the threads. Does not wait for any server. */
  static NearFeeds start(KeyspacePort keyspace, NearCache near, Pause pause) {
    NearFeeds started = new NearFeeds();
    for (String server : keyspace.servers()) {
      NearFeed feed = new NearFeed(server, keyspace, near, pause);
      started.feeds.add(feed);
      started.start("feed-" + server, feed::follow);
      started.start("health-" + server, feed::watch);
    }
    return started;
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, THREAD_NAME + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Ends the threads; does not wait for them. */
  @Override
  public void close() {
    feeds.forEach(NearFeed::close);
    threads.forEach(Thread::interrupt);
  }
}

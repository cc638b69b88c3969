package org.ocmcore.cache.domain.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * Servers in memory, which a test takes down, restarts and follows. For any number of threads; its
 * own lock guards the servers.
 */
abstract class FakeKeyspace implements KeyspacePort {
  final Map<String, FakeServer> servers = new LinkedHashMap<>();
  private final Clock clock;
  private final FakeFeeds feeds = new FakeFeeds();
  private final Set<String> former = new HashSet<>();
  private volatile List<String> present;
  private volatile boolean isInProcess;
  private volatile Consumer<String> beforeEach = operation -> {};
  private Runnable afterStats = () -> {};
  long hits;
  long misses;

  FakeKeyspace(Clock clock, String... servers) {
    this.clock = clock;
    for (String server : servers) {
      this.servers.put(server, new FakeServer(server, clock));
    }
    present = List.of(servers);
  }

  FakeServer on(String server) {
    FakeServer known = servers.get(server);
    if (known == null && former.contains(server)) {
      throw new StoreUnavailable(server, "call", "it has left the cache");
    }
    if (known == null) {
      throw new IllegalArgumentException("there is no server \"" + server + "\"");
    }
    return known;
  }

  FakeServer up(String server, String operation) {
    on(server).requireUp(operation);
    return on(server);
  }

  /** An empty server joins, behind the others. */
  public synchronized void join(String server) {
    servers.put(server, new FakeServer(server, clock));
    present = List.copyOf(servers.keySet());
  }

  /** A server leaves with its keys. */
  public synchronized void leave(String server) {
    servers.remove(server);
    former.add(server);
    present = List.copyOf(servers.keySet());
  }

  /** From now on this server answers nothing. */
  public synchronized void takeDown(String server) {
    on(server).isDown = true;
  }

  public synchronized void bringBack(String server) {
    on(server).isDown = false;
  }

  public synchronized void restart(String server) {
    on(server).restart();
  }

  public synchronized void resetStats(String server) {
    on(server).resetStats();
  }

  /** Another client sends a flush that takes effect later. */
  public synchronized void announceFlush(String server) {
    on(server).announceFlush();
  }

  /** The announced flush takes effect. */
  public synchronized void completeFlush(String server) {
    on(server).completeFlush();
  }

  /** From now on this server does not allow all its items to be removed. */
  public synchronized void refuseClears(String server) {
    on(server).refusesClears = true;
  }

  /** From now on this server does not allow its keys to be listed. */
  public synchronized void refuseWalks(String server) {
    on(server).refusesWalks = true;
  }

  /** The result of {@link #probe} for this server from now on. */
  public synchronized void answerWithin(String server, Duration latency) {
    on(server).latency = latency;
  }

  /**
   * Is called with the name of the method at the start of each call of a port's method, on its
   * thread and outside of all locks; those of {@link BulkPort} have a "bulk " before it.
   */
  public void beforeEach(Consumer<String> hook) {
    beforeEach = hook;
  }

  void enter(String operation) {
    beforeEach.accept(operation);
  }

  /** From now on only this process changes the keys. */
  public void keepInProcess() {
    isInProcess = true;
  }

  @Override
  public boolean isInProcess() {
    return isInProcess;
  }

  @Override
  public List<String> servers() {
    return present;
  }

  @Override
  public ServerStats stats(String server) {
    enter("stats");
    ServerStats stats = statsNow(server);
    Runnable hook;
    synchronized (this) {
      hook = afterStats;
      afterStats = () -> {};
    }
    hook.run();
    return stats;
  }

  /** Runs once, after the next statistics are read and before they are returned. */
  public synchronized void afterStats(Runnable hook) {
    afterStats = hook;
  }

  private synchronized ServerStats statsNow(String server) {
    return up(server, "stats").stats(hits, misses);
  }

  @Override
  public Duration probe(String server) {
    enter("probe");
    synchronized (this) {
      return up(server, "probe").latency;
    }
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    enter("walk");
    List<KeyInfo> found;
    synchronized (this) {
      FakeServer walked = up(server, "walk");
      if (walked.refusesWalks) {
        throw walked.refusal("walk");
      }
      found = walked.infos();
    }
    found.forEach(visitor);
  }

  @Override
  public boolean follow(String server, ChangeListener listener) {
    enter("follow");
    synchronized (this) {
      up(server, "follow");
    }
    return feeds.follow(server, listener);
  }

  /** Lets the servers be followed from now on, on threads of their own. */
  public void offerFeed() {
    feeds.offer();
  }

  /** Feeds report only these kinds from now on, for this reason. */
  public void feedOnly(Set<ChangeListener.Kind> kinds, String reason) {
    feeds.withhold(kinds, reason);
  }

  /** The listener of a server's feed; waits for it. */
  public ChangeListener listener(String server) throws InterruptedException {
    return feeds.listener(server);
  }

  /** Ends a server's feed. */
  public void endFeed(String server) {
    feeds.end(server);
  }
}

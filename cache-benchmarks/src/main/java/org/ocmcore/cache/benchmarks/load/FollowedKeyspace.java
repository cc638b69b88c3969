package org.ocmcore.cache.benchmarks.load;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.ServerStats;

/**
 * A keyspace whose feeds report every change, of which there is none. For any number of threads.
 */
public final class FollowedKeyspace implements KeyspacePort {
  private final KeyspacePort keyspace;

  /** @param keyspace does the rest */
  public FollowedKeyspace(KeyspacePort keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public boolean follow(String server, ChangeListener listener) {
    listener.began(EnumSet.allOf(ChangeListener.Kind.class));
    listener.caughtUp();
    try {
      new CountDownLatch(1).await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable(server, "feed", "interrupted");
    }
  }

  @Override
  public List<String> servers() {
    return keyspace.servers();
  }

  @Override
  public String ring() {
    return keyspace.ring();
  }

  @Override
  public ServerStats stats(String server) {
    return keyspace.stats(server);
  }

  @Override
  public Duration probe(String server) {
    return keyspace.probe(server);
  }

  @Override
  public void walk(String server, Consumer<? super KeyInfo> visitor) {
    keyspace.walk(server, visitor);
  }
}

package org.ocmcore.cache.domain.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.port.ChangeListener;

/** The feeds of a {@link FakeCache}. The test reports changes to their listeners. */
final class FakeFeeds {
  private final Map<String, Feed> feeds = new LinkedHashMap<>();
  private Set<ChangeListener.Kind> kinds = Set.of(ChangeListener.Kind.MUTATIONS);
  private Optional<String> withheld = Optional.empty();
  private boolean isOffered;

  private record Feed(ChangeListener listener, CountDownLatch ended) {}

  synchronized void offer() {
    isOffered = true;
  }

  synchronized void withhold(Set<ChangeListener.Kind> reported, String reason) {
    kinds = Set.copyOf(reported);
    withheld = Optional.of(reason);
  }

  boolean follow(String server, ChangeListener listener) {
    Feed feed = new Feed(listener, new CountDownLatch(1));
    synchronized (this) {
      if (!isOffered) {
        return false;
      }
      withheld.ifPresent(listener::withheld);
      listener.began(kinds);
      feeds.put(server, feed);
      notifyAll();
    }
    try {
      feed.ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new StoreUnavailable(server, "follow", "it closed the connection");
  }

  synchronized ChangeListener listener(String server) throws InterruptedException {
    while (!feeds.containsKey(server)) {
      wait();
    }
    return feeds.get(server).listener;
  }

  synchronized void end(String server) {
    feeds.remove(server).ended.countDown();
  }
}

package org.ocmcore.cache.domain.port;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * The keys on the servers, whichever client wrote them. Any number of threads may call all methods.
 * They throw {@link org.ocmcore.cache.domain.error.StoreUnavailable} if the server refuses or does
 * not answer in time.
 */
public interface KeyspacePort {
  /**
   * The addresses of all servers, up or down, in the order of configuration; at least one.
   *
   * <p>Servers may join and leave at any time; the same servers give an equal list. Callers that
   * depend on the servers ask again, which costs nothing; only the first call may wait, for a
   * lookup of names. A call on a server that has left throws
   * {@link org.ocmcore.cache.domain.error.StoreUnavailable}.
   */
  List<String> servers();

  /**
   * The name of the rule by which new keys are placed on servers, such as {@code ketama};
   * {@code single} if there is one server.
   */
  String ring();

  /**
   * For each ring that this store offers, the number of these keys that are on the server where the
   * ring would place them; empty if there is no choice of rings.
   */
  default Map<String, Integer> ringMatches(List<PlacedKey> keys) {
    return Map.of();
  }

  /** Whether the keys live in this process, so that no other process changes them. */
  default boolean isInProcess() {
    return false;
  }

  /** The statistics of a server. */
  ServerStats stats(String server);

  /**
   * Everything that a server counts, for monitoring.
   *
   * @param server one of {@link #servers()}
   * @param slabs whether to ask for the counters of each slab class as well
   */
  default ServerCounters counters(String server, boolean slabs) {
    return ServerCounters.of(stats(server));
  }

  /**
   * The time that the server takes to answer an empty request over an open connection; zero if
   * there is no connection.
   *
   * @param server one of {@link #servers()}
   */
  Duration probe(String server);

  /**
   * Visits the keys of a server, in no order. Does not touch their values or their place in the
   * LRU.
   *
   * <p>Visits every key that lives throughout the walk at least once, and possibly twice. May miss
   * keys that come or go meanwhile. Does not visit expired keys. One thread at a time calls the
   * visitor, which must be quick: the server waits for it, and nobody else can walk the server
   * meanwhile. If this method throws, the visited keys are not all keys.
   *
   * @param server one of {@link #servers()}
   */
  void walk(String server, Consumer<? super KeyInfo> visitor);

  /**
   * Reports the changes on a server as they happen, until this thread is interrupted or the server
   * is lost. Reports changes by all clients.
   *
   * <p>A feed makes an index fresher, not right. The server decides which changes it reports; some
   * may be left out or come late. One thread at a time calls the listener, which must be quick.
   *
   * <p>Only the statistics may count what the server leaves out. So callers fetch {@link #stats}
   * from time to time; the feed then reports these changes as skipped.
   *
   * @param server one of {@link #servers()}
   * @return false at once if the server cannot or must not be followed; the listener has not
   *     {@link ChangeListener#began begun} then. Otherwise it never returns: it throws when the
   *     feed ends
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable if the server is lost or breaks the
   *     protocol, or if this thread is interrupted, whose flag is then set
   */
  boolean follow(String server, ChangeListener listener);
}

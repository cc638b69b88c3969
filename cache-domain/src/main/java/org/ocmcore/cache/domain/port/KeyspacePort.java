package org.ocmcore.cache.domain.port;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * What the servers hold, whoever wrote it. All methods may be called from any thread, and throw
 * {@link org.ocmcore.cache.domain.error.StoreUnavailable} if the server does not answer in time or
 * refuses.
 */
public interface KeyspacePort {
  /**
   * The addresses of all servers, up or not, in the order in which they were configured; at least
   * one.
   */
  List<String> servers();

  /** What the server tells of itself. */
  ServerStats stats(String server);

  /**
   * How long the server takes to answer a request that does nothing, over a connection that is
   * there already; zero if there is nothing to be asked.
   *
   * @param server one of {@link #servers()}
   */
  Duration probe(String server);

  /**
   * Visits the keys of a server, in no order, without touching their values or their recency.
   *
   * <p>Every key that lives throughout the walk is visited at least once, and possibly twice; one
   * that comes or goes meanwhile may be missed. Expired keys are not visited. The visitor is called
   * by one thread at a time and must be quick: while it works the server waits, and nobody else can
   * walk it. If this method throws, the visits so far are not the whole.
   *
   * @param server one of {@link #servers()}
   */
  void walk(String server, Consumer<? super KeyInfo> visitor);

  /**
   * Tells of changes on a server as they happen, whoever makes them, until this thread is
   * interrupted or the server is lost.
   *
   * <p>It is a help and not the truth: which changes are told depends on the server, some may be
   * left out, and they may come late. The listener is called by one thread at a time and must be
   * quick.
   *
   * <p>What a server leaves out may be known to its statistics only: somebody must ask for
   * {@link #stats} every now and then for it to be told as skipped.
   *
   * @param server one of {@link #servers()}
   * @return false, at once, if the server cannot or must not be followed: the listener has not
   *     {@link ChangeListener#began begun}; otherwise never: it throws when the feed ends
   * @throws org.ocmcore.cache.domain.error.StoreUnavailable when the server is lost or answers
   *     nonsense, or this thread is interrupted, whose flag is then set
   */
  boolean follow(String server, ChangeListener listener);
}

package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of the settings, and the servers that were found behind it, if any. A lookup that fails
 * keeps them. For any number of threads.
 */
final class ConfiguredServer {
  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredServer.class);

  private final ServerAddress address;
  private final NodeFinder finder;
  private final Runnable onChange;
  private volatile List<ServerAddress> nodes = List.of();

  /** The number of lookups that have begun. */
  private volatile long begun;

  private volatile boolean isClosed;

  // Guarded by this.
  private boolean isFailing;

  /**
   * Starts no lookup yet.
   *
   * @param onChange called after each change of {@link #members}
   */
  ConfiguredServer(ServerAddress address, NodeFinder finder, Runnable onChange) {
    this.address = address;
    this.finder = finder;
    this.onChange = onChange;
  }

  ServerAddress address() {
    return address;
  }

  /** Returns the servers that it stands for: itself, or those that were found behind it. */
  List<ServerAddress> members() {
    List<ServerAddress> found = nodes;
    return found.isEmpty() ? List.of(address) : found;
  }

  /**
   * Looks up its servers again; there is no time limit. Callers who come while a lookup runs share
   * the next one.
   */
  void lookUp() {
    long before = begun;
    synchronized (this) {
      if (begun == before) {
        begun++;
        fetch();
      }
    }
  }

  /** Must be guarded by this. */
  private void fetch() {
    List<ServerAddress> found;
    try {
      found = finder.find(nodes);
    } catch (IOException | StoreUnavailable e) {
      failed(e);
      return;
    } catch (IllegalStateException e) {
      if (isClosed) {
        // Its finder is closed, too.
        return;
      }
      throw e;
    }
    if (isFailing) {
      LOG.info("memcached {}: its servers are found again", address.text());
      isFailing = false;
    }
    if (!found.equals(nodes)) {
      log(found);
      nodes = found;
      onChange.run();
    }
  }

  /** Before the first success, those who connect report the failure. */
  private void failed(Exception reason) {
    if (!isFailing && !isClosed && !nodes.isEmpty()) {
      LOG.warn(
          "memcached {}: its servers cannot be looked up, so the known ones stay ({}): {}",
          address.text(),
          texts(nodes),
          reason instanceof UnknownHostException ? "its name has no address" : reason.getMessage());
      isFailing = true;
    }
  }

  private void log(List<ServerAddress> found) {
    LOG.info(
        "memcached {}: joined: {}; left: {}; servers: {}",
        address.text(),
        texts(without(found, nodes)),
        texts(without(nodes, found)),
        found.isEmpty() ? address.text() : texts(found));
  }

  private static List<ServerAddress> without(List<ServerAddress> all, List<ServerAddress> some) {
    return all.stream().filter(server -> !some.contains(server)).toList();
  }

  private static String texts(List<ServerAddress> servers) {
    return servers.isEmpty()
        ? "none"
        : servers.stream().map(ServerAddress::text).collect(Collectors.joining(", "));
  }

  /**
   * Returns the resolver for connections to the server itself. It looks for other servers first;
   * while there are some, there is no such server, and its address stays unresolved. So nobody uses
   * one of several servers for all.
   */
  Resolver guard(Resolver resolver) {
    return (host, port) -> {
      lookUp();
      return nodes.isEmpty() ? resolver.resolve(host, port) : List.of();
    };
  }

  /** Ends the reports of failures: the store is closed, which ends lookups. Waits for none. */
  void close() {
    isClosed = true;
    finder.close();
  }
}

package org.ocmcore.cache.domain.tracking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.index.LiveIndex;

/**
 * The tracked servers of a cache, in step with the servers that the cache has. Safe for use by any
 * number of threads.
 */
final class TrackedServers implements AutoCloseable {
  private final Supplier<List<String>> source;
  private final LiveIndex live;
  private final Function<String, TrackedServer> factory;
  private final Consumer<TrackedServer> onJoined;
  private volatile Present present;
  private boolean isClosed;

  /** Both lists are of the same servers in the same order. */
  private record Present(List<String> names, List<TrackedServer> servers) {
    Present {
      names = List.copyOf(names);
      servers = List.copyOf(servers);
    }
  }

  /**
   * @param first the servers that the index has already
   * @param source gives the present servers at any time, without waiting
   * @param onJoined receives each server that joins later
   */
  TrackedServers(
      List<String> first,
      Supplier<List<String>> source,
      LiveIndex live,
      Function<String, TrackedServer> factory,
      Consumer<TrackedServer> onJoined) {
    this.source = source;
    this.live = live;
    this.factory = factory;
    this.onJoined = onJoined;
    this.present = new Present(first, first.stream().map(factory).toList());
  }

  /**
   * The present servers in the order of configuration. If servers have left since the last call,
   * removes their keys from the index first; that takes a moment.
   */
  List<TrackedServer> present() {
    return current().servers;
  }

  /** The names of the {@link #present()} servers, in the same order. */
  List<String> names() {
    return current().names;
  }

  private Present current() {
    if (!source.get().equals(present.names)) {
      follow().forEach(onJoined);
    }
    return present;
  }

  /** The same, or only this server; empty if there is none of this name. */
  List<TrackedServer> present(Optional<String> server) {
    return present().stream()
        .filter(known -> server.isEmpty() || server.get().equals(known.name()))
        .toList();
  }

  /** Returns the servers that have joined. */
  private synchronized List<TrackedServer> follow() {
    // Another thread may have followed an older or a newer list meanwhile.
    List<String> names = source.get();
    if (isClosed || names.equals(present.names)) {
      return List.of();
    }
    Map<String, TrackedServer> former = new LinkedHashMap<>();
    present.servers.forEach(server -> former.put(server.name(), server));
    boolean hasKnown = former.values().stream().anyMatch(server -> server.asOf().isPresent());
    former.values().stream()
        .filter(server -> !names.contains(server.name()))
        .forEach(TrackedServer::leave);
    live.replaceServers(names);
    List<TrackedServer> servers = new ArrayList<>();
    List<TrackedServer> joined = new ArrayList<>();
    for (String name : names) {
      TrackedServer server = former.get(name);
      if (server == null) {
        server = factory.apply(name);
        joined.add(server);
        if (hasKnown) {
          server.join();
        }
      }
      servers.add(server);
    }
    present = new Present(names, servers);
    return joined;
  }

  /** Closes all servers; none joins any more. */
  @Override
  public synchronized void close() {
    isClosed = true;
    present.servers.forEach(TrackedServer::close);
  }
}

package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The configured address of one server and what it resolves to. For any number of threads. */
final class ServerEndpoint {
  private final ServerAddress address;
  private final Executor background;
  private final Resolver resolver;
  private final AddressLookup canonicalLookup;
  private volatile SocketAddress preferred;

  /** Starts no lookup yet. */
  ServerEndpoint(ServerAddress address, Executor background, Resolver resolver) {
    this.address = address;
    this.background = background;
    this.resolver = resolver;
    this.canonicalLookup = new AddressLookup(background, address.host(), this::resolveCanonical);
  }

  /** Returns the address as it is configured. */
  String name() {
    return address.text();
  }

  /** Returns the host of the settings, which certificates are for. */
  String configuredHost() {
    return address.configuredHost();
  }

  int port() {
    return address.port();
  }

  /** Notes an address that accepts connections: it is the first from now on. */
  void prefer(SocketAddress working) {
    preferred = working;
  }

  /**
   * Resolves the address, without a time limit; unresolved if the host name does not resolve. Not
   * for unix sockets.
   */
  InetSocketAddress resolve() {
    return resolveAll().stream()
        .findFirst()
        .orElseGet(() -> InetSocketAddress.createUnresolved(address.host(), address.port()));
  }

  private List<InetSocketAddress> resolveAll() {
    List<InetSocketAddress> found =
        new ArrayList<>(resolver.resolve(address.host(), address.port()));
    if (preferred instanceof InetSocketAddress first && found.remove(first)) {
      found.add(0, first);
    }
    return found;
  }

  /**
   * Returns the addresses to connect to in their order; at least one. Resolves the host name again
   * on each call; see {@link AddressLookup#await}.
   */
  List<? extends SocketAddress> awaitAddresses(Deadline deadline) throws IOException {
    return address.isUnixSocket()
        ? List.of(UnixDomainSocketAddress.of(address.host()))
        : new AddressLookup(background, address.host(), this::resolveAll).await(deadline);
  }

  /**
   * Returns the address that xmemcached hashes for this server. If the host is configured as an IP
   * address, its name is looked up and resolved again. Once found, the address does not change.
   * xmemcached knows no unix sockets, so the address of one is its path.
   */
  SocketAddress awaitCanonicalAddress(Deadline deadline) throws IOException {
    return address.isUnixSocket()
        ? UnixDomainSocketAddress.of(address.host())
        : canonicalLookup.await(deadline).get(0);
  }

  private List<InetSocketAddress> resolveCanonical() {
    List<InetSocketAddress> direct = resolver.resolve(address.host(), address.port());
    return direct.isEmpty()
        ? direct
        : resolver.resolve(direct.get(0).getHostName(), address.port());
  }
}

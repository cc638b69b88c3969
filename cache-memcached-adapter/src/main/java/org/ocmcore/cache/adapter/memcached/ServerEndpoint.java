package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** The configured address of one server and what it resolves to. For any number of threads. */
final class ServerEndpoint {
  private final ServerAddress address;
  private final Executor background;
  private final Resolver resolver;
  private final AddressLookup canonicalLookup;

  /** Starts no lookup yet. */
  ServerEndpoint(ServerAddress address, Executor background, Resolver resolver) {
    this.address = address;
    this.background = background;
    this.resolver = resolver;
    this.canonicalLookup = new AddressLookup(background, this::resolveCanonical);
  }

  /** Returns the address as it is configured. */
  String name() {
    return address.text();
  }

  /** Returns the host as it is configured. */
  String host() {
    return address.host();
  }

  /** Resolves the address, without a time limit; unresolved if the host name does not resolve. */
  InetSocketAddress resolve() {
    return resolver.resolve(address.host(), address.port());
  }

  /** Resolves the address again on each call; see {@link AddressLookup#await}. */
  InetSocketAddress awaitAddress(Deadline deadline) throws IOException {
    return new AddressLookup(background, this::resolve).await(deadline);
  }

  /**
   * Returns the address that xmemcached hashes for this server. If the host is configured as an IP
   * address, its name is looked up and resolved again. Once found, the address does not change.
   */
  InetSocketAddress awaitCanonicalAddress(Deadline deadline) throws IOException {
    return canonicalLookup.await(deadline);
  }

  private InetSocketAddress resolveCanonical() {
    InetSocketAddress direct = resolve();
    return direct.isUnresolved() ? direct : resolver.resolve(direct.getHostName(), address.port());
  }
}

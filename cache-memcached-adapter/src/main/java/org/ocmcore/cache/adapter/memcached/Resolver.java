package org.ocmcore.cache.adapter.memcached;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Looks up the addresses of a host, in the order in which to try them. There is no time limit. The
 * list is empty if the lookup finds none.
 */
@FunctionalInterface
interface Resolver {
  List<InetSocketAddress> resolve(String host, int port);

  /** Resolves by the system's rules. */
  static List<InetSocketAddress> resolveBySystem(String host, int port) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    } catch (UnknownHostException none) {
      return List.of();
    }
  }
}

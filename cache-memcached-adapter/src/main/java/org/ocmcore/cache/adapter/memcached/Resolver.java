package org.ocmcore.cache.adapter.memcached;

import java.net.InetSocketAddress;

/**
 * Looks up the address of a host. There is no time limit. The address is unresolved if the lookup
 * finds none.
 */
@FunctionalInterface
interface Resolver {
  InetSocketAddress resolve(String host, int port);
}

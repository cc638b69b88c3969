package org.ocmcore.cache.adapter.memcached;

import java.net.InetSocketAddress;

/** Looks up the address of a host, in any time that it takes; unresolved if there is none. */
@FunctionalInterface
interface Resolver {
  InetSocketAddress resolve(String host, int port);
}

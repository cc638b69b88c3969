package org.ocmcore.cache.adapter.memcached;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The rule by which a key's server is found. All clients of the same servers must use the same
 * rule, or they do not find each other's keys.
 */
public enum Ring {
  /**
   * Consistent hashing as xmemcached's {@code KetamaMemcachedSessionLocator} does it. The points of
   * a server depend on its host as configured and on the address to which that is resolved.
   */
  KETAMA {
    @Override
    Placement placement(List<InetSocketAddress> servers) {
      return KetamaPlacement.of(servers.stream().map(String::valueOf).toList());
    }
  },

  /**
   * One-at-a-time hash modulo the number of servers, in their configured order: what libmemcached
   * does by default.
   */
  MODULO {
    @Override
    Placement placement(List<InetSocketAddress> servers) {
      return key -> Math.floorMod(oneAtATime(key) & 0xFFFF_FFFFL, servers.size());
    }
  };

  /** The rule for these servers, which must be resolved. */
  abstract Placement placement(List<InetSocketAddress> servers);

  private static int oneAtATime(byte[] key) {
    int hash = 0;
    for (byte b : key) {
      // Signed on purpose: libmemcached adds a char.
      hash += b;
      hash += hash << 10;
      hash ^= hash >>> 6;
    }
    hash += hash << 3;
    hash ^= hash >>> 11;
    hash += hash << 15;
    return hash;
  }

  /** Finds the server of a key, by its place in the list of servers. */
  @FunctionalInterface
  interface Placement {
    int serverOf(byte[] key);
  }
}

package org.ocmcore.cache.adapter.memcached;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rule by which a key's server is found. All clients of the same servers must use the same
 * rule, or they do not find each other's keys.
 */
public enum Ring {
  /**
   * Consistent hashing as xmemcached's {@code KetamaMemcachedSessionLocator} does it. The points of
   * a server depend on the name of its host and on the address to which that is resolved, so both
   * must be the same for all clients.
   */
  KETAMA {
    @Override
    Placement placement(int servers, Supplier<List<InetSocketAddress>> addresses) {
      return KetamaPlacement.of(addresses.get().stream().map(String::valueOf).toList());
    }
  },

  /**
   * One-at-a-time hash modulo the number of servers, in their configured order: what libmemcached
   * does by default.
   */
  MODULO {
    @Override
    Placement placement(int servers, Supplier<List<InetSocketAddress>> addresses) {
      return key -> Integer.remainderUnsigned(oneAtATime(key), servers);
    }
  };

  /**
   * The rule for some servers.
   *
   * @param addresses looks up the addresses of the servers, resolved, where the rule needs them
   */
  abstract Placement placement(int servers, Supplier<List<InetSocketAddress>> addresses);

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

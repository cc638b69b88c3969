package org.ocmcore.cache.adapter.memcached;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * The rule that maps a key to its server. All clients of the same servers must use the same rule;
 * otherwise they do not find each other's keys.
 */
public enum Ring {
  /**
   * Consistent hashing, as xmemcached's {@code KetamaMemcachedSessionLocator} implements it. The
   * points of a server depend on its host name and on the address that the name resolves to. Both
   * must be the same for all clients.
   */
  KETAMA {
    @Override
    Placement placement(int servers, Supplier<List<InetSocketAddress>> addresses) {
      return KetamaPlacement.of(addresses.get().stream().map(String::valueOf).toList());
    }
  },

  /**
   * One-at-a-time hash modulo the number of servers, in their configured order. This is the default
   * of libmemcached.
   */
  MODULO {
    @Override
    Placement placement(int servers, Supplier<List<InetSocketAddress>> addresses) {
      return key -> Integer.remainderUnsigned(oneAtATime(key), servers);
    }
  };

  /**
   * Returns the rule for these servers.
   *
   * @param servers the number of servers
   * @param addresses returns the resolved addresses in the same order; called only if the rule
   *     needs them
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

  /** Returns the server of a key as an index into the list of servers. */
  @FunctionalInterface
  interface Placement {
    int serverOf(byte[] key);
  }
}

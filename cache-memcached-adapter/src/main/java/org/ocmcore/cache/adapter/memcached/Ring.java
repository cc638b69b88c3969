package org.ocmcore.cache.adapter.memcached;

import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
  KETAMA(true) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return KetamaPlacement.of(
          addresses.get().stream().map(String::valueOf).toList(),
          servers.stream().map(ServerAddress::weight).toList());
    }
  },

  /**
   * One-at-a-time hash modulo the number of servers, in their configured order. This is the default
   * of libmemcached.
   */
  MODULO(false) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return key -> Integer.remainderUnsigned(KeyHash.ONE_AT_A_TIME.of(key), servers.size());
    }
  },

  /**
   * Libmemcached's weighted ketama, with or without weights: php-memcached with
   * {@code OPT_LIBKETAMA_COMPATIBLE}, pylibmc with {@code ketama_weighted}.
   */
  LIBMEMCACHED_KETAMA(true) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return LibmemcachedPlacement.weighted(servers, KeyHash.MD5);
    }
  },

  /**
   * Libmemcached's consistent distribution: php-memcached with {@code DISTRIBUTION_CONSISTENT},
   * pylibmc with {@code ketama}. A weight above 1 changes the points of all servers.
   */
  LIBMEMCACHED_CONSISTENT(true) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return servers.stream().allMatch(server -> server.weight() == 1)
          ? LibmemcachedPlacement.unweighted(servers)
          : LibmemcachedPlacement.weighted(servers, KeyHash.ONE_AT_A_TIME);
    }
  },

  /** The ring of Ruby's dalli. */
  DALLI(true) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return new DalliPlacement(servers);
    }
  },

  /** Rendezvous hashing of pymemcache's {@code HashClient}. */
  PYMEMCACHE(false) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return new RendezvousPlacement(servers);
    }
  },

  /** CRC-32 modulo the sum of weights, in the configured order of servers. */
  PYTHON_MEMCACHED(true) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return new BucketPlacement(servers);
    }
  },

  /** Twemproxy with {@code distribution: ketama}, {@code hash: fnv1a_64}, unnamed servers. */
  TWEMPROXY(true) {
    @Override
    Placement placement(
        List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses) {
      return LibmemcachedPlacement.weighted(servers, KeyHash.FNV1A_64);
    }
  };

  private final boolean knowsWeights;

  Ring(boolean knowsWeights) {
    this.knowsWeights = knowsWeights;
  }

  /** @throws IllegalArgumentException if no ring has this {@link #text}; the message lists all */
  public static Ring named(String text) {
    return Arrays.stream(values())
        .filter(ring -> ring.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be "
            + Arrays.stream(values())
                .map(Ring::text)
                .collect(Collectors.joining(", "))
                .replaceFirst(", ([^,]*)$", " or $1")));
  }

  /** Returns the name for people and settings, such as {@code libmemcached-ketama}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether a server can have more keys than another by its weight. */
  public boolean knowsWeights() {
    return knowsWeights;
  }

  /**
   * Returns the rule for these servers.
   *
   * @param servers at least one
   * @param addresses returns the resolved addresses in the same order; called only if the rule
   *     needs them
   */
  abstract Placement placement(
      List<ServerAddress> servers, Supplier<List<? extends SocketAddress>> addresses);

  /** Returns the server of a key as an index into the list of servers. */
  @FunctionalInterface
  interface Placement {
    int serverOf(byte[] key);
  }
}

package org.ocmcore.cache.adapter.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The rings of libmemcached, and of twemproxy, which took them from there. A server without weights
 * has 100 points, each a hash of its own. With weights it has 160 on average, and each MD5 gives
 * four of them. Port 11211 is no part of a server's name.
 */
final class LibmemcachedPlacement implements Ring.Placement {
  private static final int DEFAULT_PORT = 11_211;
  private static final int POINTS_PER_SERVER = 100;
  private static final int POINTS_PER_WEIGHTED_SERVER = 160;
  private static final int POINTS_PER_DIGEST = 4;

  private final Continuum continuum;
  private final KeyHash keyHash;

  private LibmemcachedPlacement(Continuum continuum, KeyHash keyHash) {
    this.continuum = continuum;
    this.keyHash = keyHash;
  }

  /** Returns the ring where every server has as many points as the others. */
  static LibmemcachedPlacement unweighted(List<ServerAddress> servers) {
    Continuum.Builder points = new Continuum.Builder();
    for (int server = 0; server < servers.size(); server++) {
      for (int i = 0; i < POINTS_PER_SERVER; i++) {
        points.add(KeyHash.ONE_AT_A_TIME.of(name(servers.get(server), i)), server);
      }
    }
    return new LibmemcachedPlacement(points.build(), KeyHash.ONE_AT_A_TIME);
  }

  /** Returns the ring where a server has points by its weight. */
  static LibmemcachedPlacement weighted(List<ServerAddress> servers, KeyHash keyHash) {
    long total = servers.stream().mapToLong(ServerAddress::weight).sum();
    Continuum.Builder points = new Continuum.Builder();
    for (int server = 0; server < servers.size(); server++) {
      int digests = digests(servers.get(server).weight(), total, servers.size());
      for (int i = 0; i < digests; i++) {
        byte[] digest = KeyHash.digest("MD5", name(servers.get(server), i));
        for (int quarter = 0; quarter < POINTS_PER_DIGEST; quarter++) {
          points.add(KeyHash.word(digest, quarter), server);
        }
      }
    }
    return new LibmemcachedPlacement(points.build(), keyHash);
  }

  /** Rounds as libmemcached does, in single precision. */
  private static int digests(int weight, long total, int servers) {
    float share = (float) weight / (float) total;
    return (int) Math.floor(
        share * POINTS_PER_WEIGHTED_SERVER / POINTS_PER_DIGEST * (float) servers + 0.0000000001F);
  }

  private static byte[] name(ServerAddress server, int index) {
    String port = server.port() == DEFAULT_PORT ? "" : ":" + server.port();
    return (server.host() + port + "-" + index).getBytes(UTF_8);
  }

  @Override
  public int serverOf(byte[] key) {
    return continuum.serverAtOrAfter(keyHash.of(key));
  }
}

package org.ocmcore.cache.adapter.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The ring of dalli: 160 points on average for each server, by its weight. */
final class DalliPlacement implements Ring.Placement {
  private static final int POINTS_PER_SERVER = 160;

  private final Continuum continuum;

  DalliPlacement(List<ServerAddress> servers) {
    long total = servers.stream().mapToLong(ServerAddress::weight).sum();
    Continuum.Builder points = new Continuum.Builder();
    for (int server = 0; server < servers.size(); server++) {
      ServerAddress address = servers.get(server);
      long count = (long) servers.size() * POINTS_PER_SERVER * address.weight() / total;
      for (int i = 0; i < count; i++) {
        String name = address.host() + ":" + address.port() + ":" + i;
        int lowestFirst = KeyHash.word(KeyHash.digest("SHA-1", name.getBytes(UTF_8)), 0);
        points.add(Integer.reverseBytes(lowestFirst), server);
      }
    }
    continuum = points.build();
  }

  @Override
  public int serverOf(byte[] key) {
    return continuum.serverAtOrBefore(KeyHash.CRC_32.of(key));
  }
}

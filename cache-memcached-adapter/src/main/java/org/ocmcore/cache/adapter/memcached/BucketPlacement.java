package org.ocmcore.cache.adapter.memcached;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rule of python-memcached: upper 15 bits of CRC-32 modulo the number of buckets. A server has
 * as many buckets as its weight, in the configured order.
 */
final class BucketPlacement implements Ring.Placement {
  private final int[] buckets;

  BucketPlacement(List<ServerAddress> servers) {
    buckets = IntStream.range(0, servers.size())
        .flatMap(
            server -> IntStream.generate(() -> server).limit(servers.get(server).weight()))
        .toArray();
  }

  @Override
  public int serverOf(byte[] key) {
    int hash = KeyHash.CRC_32.of(key) >>> 16 & 0x7FFF;
    return buckets[(hash == 0 ? 1 : hash) % buckets.length];
  }
}

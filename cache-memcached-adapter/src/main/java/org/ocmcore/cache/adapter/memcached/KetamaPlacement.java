package org.ocmcore.cache.adapter.memcached;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ring with 160 virtual nodes (points) for each server, times its weight; a key belongs to the
 * server of the next point. The bytes that a point is hashed from, and the server that owns a point
 * with several candidates, are those of xmemcached 2.4.9.
 */
final class KetamaPlacement implements Ring.Placement {
  private static final int DIGESTS_PER_SERVER = 40;
  private static final int POINTS_PER_DIGEST = 4;

  private final long[] points;
  private final int[] owners;

  private KetamaPlacement(long[] points, int[] owners) {
    this.points = points;
    this.owners = owners;
  }

  /**
   * @param names the servers as {@link java.net.InetSocketAddress#toString} writes them
   * @param weights the weights in the same order, at least 1
   */
  static KetamaPlacement of(List<String> names, List<Integer> weights) {
    SortedMap<Long, List<Integer>> candidatesByPoint = new TreeMap<>();
    for (int server = 0; server < names.size(); server++) {
      for (int i = 0; i < DIGESTS_PER_SERVER * weights.get(server); i++) {
        byte[] digest =
            KeyHash.digest("MD5", (names.get(server) + "-" + i).getBytes(StandardCharsets.UTF_8));
        for (int quarter = 0; quarter < POINTS_PER_DIGEST; quarter++) {
          candidatesByPoint
              .computeIfAbsent(point(digest, quarter), point -> new ArrayList<>())
              .add(server);
        }
      }
    }
    long[] points = new long[candidatesByPoint.size()];
    int[] owners = new int[candidatesByPoint.size()];
    int index = 0;
    for (var entry : candidatesByPoint.entrySet()) {
      List<Integer> candidates = entry.getValue();
      candidates.sort(Comparator.comparing(names::get));
      points[index] = entry.getKey();
      owners[index++] = candidates.get((int) (entry.getKey() % candidates.size()));
    }
    return new KetamaPlacement(points, owners);
  }

  @Override
  public int serverOf(byte[] key) {
    int index = Arrays.binarySearch(points, point(KeyHash.digest("MD5", key), 0));
    int next = index >= 0 ? index : -index - 1;
    return owners[next == points.length ? 0 : next];
  }

  private static long point(byte[] digest, int quarter) {
    return Integer.toUnsignedLong(KeyHash.word(digest, quarter));
  }
}

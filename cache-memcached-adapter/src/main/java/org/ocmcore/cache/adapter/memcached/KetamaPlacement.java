package org.ocmcore.cache.adapter.memcached;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A circle of 160 points for each server; a key belongs to the next point on it. Which server has a
 * point that several claim, and the bytes that a point is made of, are those of xmemcached 2.4.9.
 */
final class KetamaPlacement implements Ring.Placement {
  private static final int DIGESTS = 40;
  private static final int POINTS_OF_A_DIGEST = 4;

  private final long[] points;
  private final int[] owners;

  private KetamaPlacement(long[] points, int[] owners) {
    this.points = points;
    this.owners = owners;
  }

  /** @param names of the servers, as {@link java.net.InetSocketAddress#toString} writes them */
  static KetamaPlacement of(List<String> names) {
    SortedMap<Long, List<Integer>> claims = new TreeMap<>();
    for (int server = 0; server < names.size(); server++) {
      for (int i = 0; i < DIGESTS; i++) {
        byte[] digest = md5((names.get(server) + "-" + i).getBytes(StandardCharsets.UTF_8));
        for (int part = 0; part < POINTS_OF_A_DIGEST; part++) {
          claims
              .computeIfAbsent(point(digest, part), point -> new ArrayList<>())
              .add(server);
        }
      }
    }
    long[] points = new long[claims.size()];
    int[] owners = new int[claims.size()];
    int at = 0;
    for (var claim : claims.entrySet()) {
      List<Integer> claimants = claim.getValue();
      claimants.sort(Comparator.comparing(names::get));
      points[at] = claim.getKey();
      owners[at++] = claimants.get((int) (claim.getKey() % claimants.size()));
    }
    return new KetamaPlacement(points, owners);
  }

  @Override
  public int serverOf(byte[] key) {
    int at = Arrays.binarySearch(points, point(md5(key), 0));
    int next = at >= 0 ? at : -at - 1;
    return owners[next == points.length ? 0 : next];
  }

  private static long point(byte[] digest, int part) {
    return (digest[3 + part * 4] & 0xFFL) << 24
        | (digest[2 + part * 4] & 0xFFL) << 16
        | (digest[1 + part * 4] & 0xFFL) << 8
        | digest[part * 4] & 0xFFL;
  }

  private static byte[] md5(byte[] bytes) {
    try {
      return MessageDigest.getInstance("MD5").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }
}

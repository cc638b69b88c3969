package org.ocmcore.cache.adapter.memcached;

import java.util.Arrays;

/** Points of servers on a circle of 32-bit hashes. Immutable. */
final class Continuum {
  /** In ascending order: the point in the upper 32 bits, its server in the lower ones. */
  private final long[] points;

  private Continuum(long[] points) {
    this.points = points;
  }

  /** Returns the server of the first point that is not below the hash, or else of the first. */
  int serverAtOrAfter(int hash) {
    int index = indexOf(Integer.toUnsignedLong(hash) << 32);
    return server(index == points.length ? 0 : index);
  }

  /** Returns the server of the last point that is not above the hash, or else of the last. */
  int serverAtOrBefore(int hash) {
    int index = indexOf(Integer.toUnsignedLong(hash) << 32 | 0xFFFF_FFFFL) - 1;
    return server(index < 0 ? points.length - 1 : index);
  }

  /** Returns the index of the first point that is not below this one, as unsigned numbers. */
  private int indexOf(long point) {
    int found = Arrays.binarySearch(points, point ^ Long.MIN_VALUE);
    return found >= 0 ? found : -found - 1;
  }

  private int server(int index) {
    return (int) points[index];
  }

  /** Collects points. */
  static final class Builder {
    private long[] points = new long[1024];
    private int size;

    Builder add(int point, int server) {
      if (size == points.length) {
        points = Arrays.copyOf(points, 2 * size);
      }
      // With the sign turned, the order of signed numbers is that of unsigned ones.
      points[size++] = (Integer.toUnsignedLong(point) << 32 | server) ^ Long.MIN_VALUE;
      return this;
    }

    /** @throws IllegalStateException if there is no point */
    Continuum build() {
      if (size == 0) {
        throw new IllegalStateException("a continuum needs a point");
      }
      long[] sorted = Arrays.copyOf(points, size);
      Arrays.sort(sorted);
      return new Continuum(sorted);
    }
  }
}

package org.ocmcore.cache.domain.dump;

import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * How the live cache differs from a dump.
 *
 * @param limit how many keys of each sort are named
 * @param same entries that are live with the same value and flags; their lifetimes may be others
 * @param expired entries whose lifetime has ended since, and that are not live
 * @param changed entries that are live with another value or flags, or whose value the server
 *     refused to give
 * @param onlyInDump entries that are not live though their lifetime has not ended
 * @param onlyLive keys that are live and not in the dump. Keys are told apart by 64 bits of a hash:
 *     of ten million live keys and as many in the dump one is overlooked with a probability of 1 in
 *     100,000
 */
public record DumpDiff(
    DumpInfo dump,
    int limit,
    long same,
    long expired,
    Sort changed,
    Sort onlyInDump,
    Sort onlyLive) {
  /**
   * A sort of keys: how many there are, and the first of them. For one thread while it is filled.
   */
  public static final class Sort {
    private final int limit;
    private final List<CacheKey> first = new ArrayList<>();
    private long count;

    Sort(int limit) {
      this.limit = limit;
    }

    void add(CacheKey key) {
      count++;
      if (first.size() < limit) {
        first.add(key);
      }
    }

    public long count() {
      return count;
    }

    /** The first of them, in the order in which they were met. */
    public List<CacheKey> first() {
      return List.copyOf(first);
    }
  }
}

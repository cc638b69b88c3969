package org.ocmcore.cache.domain.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.job.HeavyResult;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * The differences between the live cache and a dump.
 *
 * @param limit the most keys that are named in each group
 * @param same entries that are live with the same value and flags; their lifetimes may differ
 * @param expired entries that have expired since and are not live
 * @param changed entries that are live with another value or other flags, or whose value the server
 *     refused to give
 * @param onlyInDump entries that are not live although they have not expired
 * @param onlyLive live keys that are not in the dump. Keys are compared by 64-bit hashes: with ten
 *     million live keys and as many in the dump, one is missed with a probability of 1 in 100,000
 */
public record DumpDiff(
    DumpInfo dump, int limit, long same, long expired, Sort changed, Sort onlyInDump, Sort onlyLive)
    implements HeavyResult {
  /** Objects around the bytes of a key. */
  private static final int KEY_OVERHEAD = 64;

  @Override
  public long heapBytes() {
    return Stream.of(changed, onlyInDump, onlyLive)
        .flatMap(sort -> sort.first.stream())
        .mapToLong(key -> key.bytes().length + KEY_OVERHEAD)
        .sum();
  }

  /** A group of keys: their number, and the first of them. Filled by one thread. */
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

    /** The first keys, in the order in which they were added. */
    public List<CacheKey> first() {
      return List.copyOf(first);
    }
  }
}

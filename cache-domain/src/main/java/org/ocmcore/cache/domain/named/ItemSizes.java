package org.ocmcore.cache.domain.named;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * How large items may be that are about to be read. What the index does not know is as large as the
 * servers allow. Safe for use by any number of threads.
 */
final class ItemSizes {
  /** Servers are asked again after this time, as they may have restarted with another limit. */
  private static final Duration ASK_AFTER = Duration.ofSeconds(10);

  private record Largest(long bytes, Instant until) {}

  private final KeyTracker tracker;
  private final Supplier<OptionalLong> largestItem;
  private final Supplier<Instant> clock;
  private volatile Largest largest = new Largest(ItemSize.DEFAULT_MAX, Instant.MIN);

  /** @param largestItem that can be stored, in bytes; empty if unknown. It may ask servers */
  ItemSizes(KeyTracker tracker, Supplier<OptionalLong> largestItem, Supplier<Instant> clock) {
    this.tracker = tracker;
    this.largestItem = largestItem;
    this.clock = clock;
  }

  /** The last known size of an item. */
  long of(CacheKey key) {
    return tracker.known(key).map(KeyInfo::size).orElseGet(this::largest);
  }

  /**
   * The most bytes of the first items, up to where they are enough together. The known size counts
   * where changes are followed.
   */
  long[] most(List<CacheKey> keys, long enough) {
    return most(keys, tracker::known, enough);
  }

  /** The same for keys as the index knows them. */
  long[] mostOfKnown(List<KeyInfo> keys, long enough) {
    return most(keys, Optional::of, enough);
  }

  private <K> long[] most(List<K> keys, Function<K, Optional<KeyInfo>> known, long enough) {
    Set<String> unfollowed = Set.copyOf(tracker.unfollowed());
    LongStream.Builder sizes = LongStream.builder();
    long sum = 0;
    for (K key : keys) {
      if (sum >= enough) {
        break;
      }
      long size = most(known.apply(key), unfollowed);
      sizes.add(size);
      sum += size;
    }
    return sizes.build().toArray();
  }

  private long most(Optional<KeyInfo> known, Set<String> unfollowed) {
    return known.isPresent() && !unfollowed.contains(known.get().server())
        ? known.get().size()
        : Math.max(largest(), known.map(KeyInfo::size).orElse(0L));
  }

  private long largest() {
    Largest known = largest;
    Instant now = clock.get();
    if (now.isAfter(known.until())) {
      known = new Largest(largestItem.get().orElse(known.bytes()), now.plus(ASK_AFTER));
      largest = known;
    }
    return known.bytes();
  }
}

package org.ocmcore.cache.domain.port;

import java.util.ArrayList;
import java.util.List;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * Cuts long lists of keys into batches, so that the values of any number of them pass through
 * bounded memory.
 */
public final class Batches {
  /** The most keys of a batch. */
  public static final int MAX_KEYS = 1_000;

  /** The most bytes that the items of a batch take together, unless it is a single item. */
  public static final long MAX_BYTES = 4L * 1024 * 1024;

  private Batches() {}

  /**
   * The keys in order, in batches of at most {@value #MAX_KEYS} keys and {@value #MAX_BYTES} bytes;
   * views, not copies.
   */
  public static List<List<KeyInfo>> of(List<KeyInfo> keys) {
    List<List<KeyInfo>> batches = new ArrayList<>();
    int start = 0;
    long bytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      long size = keys.get(i).size();
      if (i > start && (i - start == MAX_KEYS || bytes + size > MAX_BYTES)) {
        batches.add(keys.subList(start, i));
        start = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (start < keys.size()) {
      batches.add(keys.subList(start, keys.size()));
    }
    return batches;
  }

  /** The keys of a batch with their servers. */
  public static List<PlacedKey> placed(List<KeyInfo> batch) {
    return batch.stream().map(KeyInfo::placed).toList();
  }
}

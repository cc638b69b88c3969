package org.ocmcore.cache.domain.port;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * Cuts long lists of keys into batches, so that any number of values passes through bounded memory.
 */
public final class Batches {
  /** The most keys in a batch. */
  public static final int MAX_KEYS = 1_000;

  /** The most bytes of all items in a batch, unless it holds a single item. */
  public static final long MAX_BYTES = 4L * 1024 * 1024;

  private Batches() {}

  /**
   * The keys in order, in batches of at most {@value #MAX_KEYS} keys and {@value #MAX_BYTES} bytes.
   * Takes the keys of a batch from the argument when the batch is requested.
   */
  public static Iterable<List<KeyInfo>> of(Iterable<KeyInfo> keys) {
    return () -> new Cutter(keys.iterator());
  }

  private static final class Cutter implements Iterator<List<KeyInfo>> {
    private final Iterator<KeyInfo> keys;

    /** The first of the next batch, or null. */
    private KeyInfo first;

    Cutter(Iterator<KeyInfo> keys) {
      this.keys = keys;
      step();
    }

    private void step() {
      first = keys.hasNext() ? keys.next() : null;
    }

    @Override
    public boolean hasNext() {
      return first != null;
    }

    @Override
    public List<KeyInfo> next() {
      if (first == null) {
        throw new NoSuchElementException();
      }
      List<KeyInfo> batch = new ArrayList<>();
      long bytes = 0;
      do {
        batch.add(first);
        bytes += first.size();
        step();
      } while (first != null && batch.size() < MAX_KEYS && bytes + first.size() <= MAX_BYTES);
      return batch;
    }
  }

  /** The keys of a batch with their servers. */
  public static List<PlacedKey> placed(List<KeyInfo> batch) {
    return batch.stream().map(KeyInfo::placed).toList();
  }
}

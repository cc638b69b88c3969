package org.ocmcore.cache.domain.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.key.PlacedKey;

/**
 * A snapshot of the keys of all servers, in ascending order of their bytes. Immutable; later
 * changes appear in later snapshots. {@link KeyCursor} reads it.
 *
 * <p>A key that several servers hold counts once: the copy on the server where it belongs, or else
 * the copy on the server that is known longest. Its other copies are misplaced; clients do not read
 * them.
 */
public final class KeyIndex {
  private static final int SAMPLE_PARTS = 100;

  /** Limits the keys that a sample visits, as a multiple of those that it takes. */
  private static final int MAX_SEEN = 10;

  private final KeyTree tree;
  private final ServerTable servers;
  private final Instant asOf;
  private final List<String> gaps;

  KeyIndex(KeyTree tree, ServerTable servers, Instant asOf, List<String> gaps) {
    this.tree = tree;
    this.servers = servers;
    this.asOf = asOf;
    this.gaps = List.copyOf(gaps);
  }

  /**
   * The snapshot contains every key that has stayed on its server since this time. It is the begin
   * of the last walk, of the server whose last walk is oldest.
   */
  public Instant asOf() {
    return asOf;
  }

  /** The bytes of heap that it uses. */
  public long heapBytes() {
    return tree.weight();
  }

  /** Why keys may be missing, a sentence for each server; empty if none are missing. */
  public List<String> gaps() {
    return gaps;
  }

  /** Whether it contains the keys of every server. */
  public boolean isComplete() {
    return gaps.isEmpty();
  }

  /** The servers in the order of configuration; see {@link KeyCursor#serverNumber}. */
  public List<String> servers() {
    return servers.servers();
  }

  /** Visits each key in the range once, if it has not expired at this time. */
  public KeyCursor cursor(KeyRange range, Instant now) {
    return new KeyCursor(tree, servers, range, now, false);
  }

  /** Visits each copy of each key, including misplaced copies; otherwise as {@link #cursor}. */
  public KeyCursor copies(KeyRange range, Instant now) {
    return new KeyCursor(tree, servers, range, now, true);
  }

  /** Adds up the keys in the range that have not expired at this time. Visits few of them. */
  public RangeSummary sum(KeyRange range, Instant now) {
    return cursor(range, now).sumToEnd();
  }

  /** The number of keys of each server that have not expired at this time. */
  public Map<String, Long> keysByServer(Instant now) {
    List<String> names = servers.servers();
    if (servers.areOne()) {
      return Map.of(names.get(0), sum(KeyRange.ALL, now).keys());
    }
    long[] keys = new long[names.size()];
    KeyCursor cursor = cursor(KeyRange.ALL, now);
    while (cursor.next()) {
      keys[cursor.serverNumber()]++;
    }
    Map<String, Long> byName = new HashMap<>();
    for (int i = 0; i < keys.length; i++) {
      byName.put(names.get(i), keys[i]);
    }
    return byName;
  }

  /** What is known about a key; empty if it is unknown or expired at this time. */
  public Optional<KeyInfo> find(CacheKey key, Instant now) {
    KeyCursor cursor = cursor(KeyRange.of(key), now);
    return cursor.next() ? Optional.of(cursor.info()) : Optional.empty();
  }

  /** What is known about each copy of a key that has not expired at this time, by server. */
  public List<KeyInfo> copies(CacheKey key, Instant now) {
    List<KeyInfo> copies = new ArrayList<>();
    KeyCursor cursor = copies(KeyRange.of(key), now);
    while (cursor.next()) {
      copies.add(cursor.info());
    }
    return copies;
  }

  /**
   * At most this number of keys, from all parts of the index, with their servers. Leaves out
   * expired keys and keys that several servers hold.
   */
  public List<PlacedKey> sample(int count, Instant now) {
    List<KeyRange> parts = split(KeyRange.ALL, SAMPLE_PARTS);
    int each = (count + parts.size() - 1) / parts.size();
    List<PlacedKey> sample = new ArrayList<>();
    for (KeyRange part : parts) {
      KeyCursor cursor = copies(part, now);
      int found = 0;
      for (int seen = 0; found < each && seen < MAX_SEEN * each && cursor.next(); seen++) {
        if (cursor.copies() == 1) {
          sample.add(new PlacedKey(cursor.key(), cursor.server()));
          found++;
        }
      }
    }
    return sample.size() > count ? sample.subList(0, count) : sample;
  }

  /**
   * Splits a range into about this number of parts with about the same number of keys, in order and
   * without gaps, for several threads.
   */
  public List<KeyRange> split(KeyRange range, int parts) {
    List<byte[]> starts = starts(range);
    List<KeyRange> ranges = new ArrayList<>();
    KeyRange rest = range;
    for (int i = 1; i < parts; i++) {
      int cut = (int) ((long) starts.size() * i / parts);
      if (cut > (int) ((long) starts.size() * (i - 1) / parts)) {
        byte[] start = starts.get(cut);
        ranges.add(rest.before(start));
        rest = rest.from(start);
      }
    }
    ranges.add(rest);
    return ranges;
  }

  /** The first keys of the blocks that begin in this range. */
  private List<byte[]> starts(KeyRange range) {
    byte[] from = range.from();
    List<byte[]> starts = new ArrayList<>();
    for (int b = tree.ceiling(from, 0, from.length); b < tree.size(); b++) {
      Branch branch = tree.branch(b);
      for (int i = 0; i < branch.size(); i++) {
        byte[] start = branch.block(i).firstKey();
        if (range.contains(start)) {
          starts.add(start);
        } else if (!starts.isEmpty()) {
          return starts;
        }
      }
    }
    return starts;
  }
}

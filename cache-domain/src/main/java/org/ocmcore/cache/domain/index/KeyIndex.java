package org.ocmcore.cache.domain.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * The keys of all servers as they are known at one moment, ascending by bytes. Immutable: what
 * happens later is in a later index. It is read by {@link KeyCursor}s.
 *
 * <p>A key that several servers hold is one key: as the server has it where it belongs, or else the
 * first of them in the order of configuration. Its other copies are strays; nobody reads them, but
 * they are there.
 */
public final class KeyIndex {
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
   * What is certain is that every key is here that has been on its server from this moment on: the
   * begin of the last walk, of that server whose is the longest ago.
   */
  public Instant asOf() {
    return asOf;
  }

  /** Why keys may be missing, a sentence a server; empty if none are. */
  public List<String> gaps() {
    return gaps;
  }

  /** Whether it holds the keys of every server. */
  public boolean isComplete() {
    return gaps.isEmpty();
  }

  /** The servers in the order of configuration, as {@link KeyCursor#serverNumber} counts them. */
  public List<String> servers() {
    return servers.servers();
  }

  /** Visits each key that has not expired by then, once, as long as it is in this range. */
  public KeyCursor cursor(KeyRange range, Instant now) {
    return new KeyCursor(tree, servers, range, now, false);
  }

  /** Visits each copy of each key, strays among them; otherwise as {@link #cursor}. */
  public KeyCursor copies(KeyRange range, Instant now) {
    return new KeyCursor(tree, servers, range, now, true);
  }

  /** Adds the keys of a range up that have not expired by then, without visiting most of them. */
  public RangeSummary sum(KeyRange range, Instant now) {
    return cursor(range, now).sumToEnd();
  }

  /** How many keys that have not expired by then each server has, in the order of configuration. */
  public long[] keysByServer(Instant now) {
    long[] keys = new long[servers.servers().size()];
    if (servers.areOne()) {
      keys[0] = sum(KeyRange.ALL, now).keys();
      return keys;
    }
    KeyCursor cursor = cursor(KeyRange.ALL, now);
    while (cursor.next()) {
      keys[cursor.serverNumber()]++;
    }
    return keys;
  }

  /** What is known of a key that has not expired by then. */
  public Optional<KeyInfo> find(CacheKey key, Instant now) {
    KeyCursor cursor = cursor(KeyRange.of(key), now);
    return cursor.next() ? Optional.of(cursor.info()) : Optional.empty();
  }

  /**
   * Cuts a range into about so many with about as many keys each, in order and without gaps, so
   * that several threads can work on it.
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

  /** Where the blocks begin that begin in this range. */
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

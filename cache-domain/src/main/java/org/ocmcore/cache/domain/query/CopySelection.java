package org.ocmcore.cache.domain.query;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.key.KeyRange;

/**
 * The copies of keys that a filter selects, so that the filter runs once and a bulk change knows
 * their number before it begins. A server may hold copies that do not belong there. Uses one bit
 * for each copy in the filter's range. Immutable.
 */
public final class CopySelection {
  private final List<Part> parts;
  private final List<String> servers;
  private final Function<KeyRange, KeyCursor> cursors;

  /**
   * @param parts in order
   * @param servers in the order of configuration
   * @param cursors visit the same copies of a range each time
   */
  CopySelection(List<Part> parts, List<String> servers, Function<KeyRange, KeyCursor> cursors) {
    this.parts = parts;
    this.servers = servers;
    this.cursors = cursors;
  }

  /** The selection in one range. Filled by one thread. */
  static final class Part {
    private final KeyRange range;
    private final BitSet selected = new BitSet();
    private final long[] counts;

    Part(KeyRange range, int servers) {
      this.range = range;
      this.counts = new long[servers];
    }

    /** Adds all that match. */
    Part fill(Matches matches) {
      while (matches.next()) {
        selected.set(matches.index());
        counts[matches.key().serverNumber()]++;
      }
      return this;
    }
  }

  /** The number of copies on each server, in the order of configuration; 0 where there are none. */
  public Map<String, Long> countByServer() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (int i = 0; i < servers.size(); i++) {
      int number = i;
      counts.put(
          servers.get(i), parts.stream().mapToLong(part -> part.counts[number]).sum());
    }
    return counts;
  }

  /** Shows each copy to a visitor, in the order of keys. The visitor must not move the cursor. */
  public void visit(Consumer<? super KeyCursor> visitor) {
    for (Part part : parts) {
      KeyCursor cursor = cursors.apply(part.range);
      int end = part.selected.length();
      for (int i = 0; i < end && cursor.next(); i++) {
        if (part.selected.get(i)) {
          visitor.accept(cursor);
        }
      }
    }
  }
}

package org.ocmcore.cache.domain.named;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Knows which servers hold a key, whatever client placed it there and by which rule. It asks no
 * server. Safe for use by any number of threads.
 */
final class KeyLocator {
  private final CachePort cache;
  private final KeyTracker tracker;

  /** @param cache knows where a new key belongs; must belong to the same store as the tracker */
  KeyLocator(CachePort cache, KeyTracker tracker) {
    this.cache = cache;
    this.tracker = tracker;
  }

  /** Whether there is one server, which holds all keys. */
  boolean isSingleServer() {
    return tracker.servers().size() == 1;
  }

  /** Where a key is. */
  Places places(CacheKey key) {
    String home = cache.place(key).server();
    if (isSingleServer()) {
      return new Places(home, List.of());
    }
    // The copy that was used last is most likely the one that clients use.
    Comparator<KeyInfo> usedLast = Comparator.comparingLong(KeyInfo::lastAccess).reversed();
    List<String> known = tracker.copies(key).stream()
        .sorted(Comparator.<KeyInfo, Boolean>comparing(copy -> !copy.server().equals(home))
            .thenComparing(usedLast))
        .map(KeyInfo::server)
        .toList();
    return new Places(home, known);
  }

  /**
   * The servers that may hold a key, those to read first at the beginning: the known ones, its
   * home, and all whose changes are not followed.
   */
  List<String> possible(Places places) {
    Set<String> possible = new LinkedHashSet<>(places.known);
    possible.add(places.home);
    possible.addAll(unfollowed());
    return List.copyOf(possible);
  }

  /** The servers of which the index may lack keys; none if there is one server only. */
  List<String> unfollowed() {
    return isSingleServer() ? List.of() : tracker.unfollowed();
  }

  /** The {@link #possible} servers without the one to read first. */
  List<String> others(Places places) {
    return possible(places).stream()
        .filter(server -> !server.equals(places.first()))
        .toList();
  }

  /**
   * Where a key is.
   *
   * @param home the server where it belongs
   * @param known the servers that hold it by the index, in the order in which they are read: its
   *     home, then by last use
   */
  record Places(String home, List<String> known) {
    Places {
      known = List.copyOf(known);
    }

    /** The server to read first. */
    String first() {
      return known.isEmpty() ? home : known.get(0);
    }
  }
}

package org.ocmcore.cache.domain.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;

/** The keys that the servers held at one moment, ascending by bytes. Immutable. */
public final class KeyIndex {
  private final List<KeyInfo> keys;
  private final List<KeyInfo> strays;
  private final Instant asOf;
  private final List<StoreUnavailable> failures;

  private KeyIndex(
      List<KeyInfo> keys, List<KeyInfo> strays, Instant asOf, List<StoreUnavailable> failures) {
    this.keys = Collections.unmodifiableList(keys);
    this.strays = List.copyOf(strays);
    this.asOf = asOf;
    this.failures = List.copyOf(failures);
  }

  /**
   * Orders what was met on a walk of the servers.
   *
   * @param met in any order; the same key may come more than once, and of the same server the last
   *     counts; emptied by this
   * @param homes tells where a key belongs, to choose between copies of it on several servers
   * @param asOf when the walk began
   * @param failures of the servers that could not be walked
   */
  static KeyIndex of(
      List<KeyInfo> met,
      Function<CacheKey, PlacedKey> homes,
      Instant asOf,
      List<StoreUnavailable> failures) {
    met.sort(Comparator.comparing(KeyInfo::key).thenComparing(KeyInfo::server));
    List<KeyInfo> keys = new ArrayList<>(met.size());
    List<KeyInfo> strays = new ArrayList<>();
    for (int i = 0; i < met.size(); i++) {
      KeyInfo next = met.get(i);
      if (i + 1 < met.size() && next.placed().equals(met.get(i + 1).placed())) {
        continue;
      }
      KeyInfo last = keys.isEmpty() ? null : keys.get(keys.size() - 1);
      if (last == null || !last.key().equals(next.key())) {
        keys.add(next);
      } else if (homes.apply(next.key()).server().equals(next.server())) {
        strays.add(keys.set(keys.size() - 1, next));
      } else {
        strays.add(next);
      }
    }
    met.clear();
    return new KeyIndex(keys, strays, asOf, failures);
  }

  /**
   * Each key once, ascending by bytes; where several servers hold a key, as the one where it
   * belongs has it.
   */
  public List<KeyInfo> keys() {
    return keys;
  }

  /**
   * Further copies of keys on servers where they do not belong: nobody reads them, but they are
   * there.
   */
  public List<KeyInfo> strays() {
    return strays;
  }

  /** What is known of a key. */
  public Optional<KeyInfo> find(CacheKey key) {
    int low = 0;
    int high = keys.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = keys.get(middle).key().compareTo(key);
      if (order == 0) {
        return Optional.of(keys.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** When the walk that found these keys began. */
  public Instant asOf() {
    return asOf;
  }

  /** Why keys of some servers are missing; empty if none are. */
  public List<StoreUnavailable> failures() {
    return failures;
  }

  /** Whether it holds the keys of every server. */
  public boolean isComplete() {
    return failures.isEmpty();
  }
}

package org.ocmcore.cache.domain.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The newest things of each owner, by id. Beyond a number of one owner, that owner loses the
 * oldest; beyond a number or a weight of all, the owner who has the most does. So an owner who has
 * few keeps them, whatever others do. The newest of all always stays. For one thread at a time.
 */
public final class RecentByOwner<T> {
  private record Owned<T>(String owner, T thing, long weight) {}

  private final int mostOfOwner;
  private final int most;
  private final ToLongFunction<T> weigher;
  private final long mostWeight;
  private final Map<String, Owned<T>> all = new LinkedHashMap<>();

  /** The ids of each owner who has some, oldest first. */
  private final Map<String, Deque<String>> ids = new HashMap<>();

  private long weight;

  /** @param mostOfOwner the most of one owner @param most the most of all owners */
  public RecentByOwner(int mostOfOwner, int most) {
    this(mostOfOwner, most, thing -> 0, 0);
  }

  /** @param mostWeight the most of all together, as the weigher says when they are added */
  RecentByOwner(int mostOfOwner, int most, ToLongFunction<T> weigher, long mostWeight) {
    this.mostOfOwner = mostOfOwner;
    this.most = most;
    this.weigher = weigher;
    this.mostWeight = mostWeight;
  }

  /** Adds a thing under an id that is new. */
  public void add(String owner, String id, T thing) {
    Owned<T> added = new Owned<>(owner, thing, weigher.applyAsLong(thing));
    all.put(id, added);
    weight += added.weight;
    Deque<String> own = ids.computeIfAbsent(owner, any -> new ArrayDeque<>());
    own.add(id);
    if (own.size() > mostOfOwner) {
      forgetOldest(owner);
    } else if (all.size() > most) {
      forgetOldest(ownerOfMost(owner));
    }
    while (weight > mostWeight && all.size() > 1) {
      forgetOldest(heaviestOwner());
    }
  }

  /** The owner whose things weigh most, but for the newest of all. */
  private String heaviestOwner() {
    Map<String, Long> weights = new HashMap<>();
    List<Owned<T>> things = List.copyOf(all.values());
    for (Owned<T> each : things.subList(0, things.size() - 1)) {
      weights.merge(each.owner, each.weight, Long::sum);
    }
    return Collections.max(weights.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** The owner who has the most; the one who adds, if that one has as many. */
  private String ownerOfMost(String adding) {
    return ids.entrySet().stream()
        .max(Comparator.<Map.Entry<String, Deque<String>>>comparingInt(
                entry -> entry.getValue().size())
            .thenComparing(entry -> entry.getKey().equals(adding)))
        .orElseThrow()
        .getKey();
  }

  private void forgetOldest(String owner) {
    Deque<String> own = ids.get(owner);
    weight -= all.remove(own.remove()).weight;
    if (own.isEmpty()) {
      ids.remove(owner);
    }
  }

  /** The thing with this id; empty if it is unknown or forgotten. */
  public Optional<T> find(String id) {
    return Optional.ofNullable(all.get(id)).map(Owned::thing);
  }

  /** All things, oldest first. */
  public List<T> all() {
    List<T> things = new ArrayList<>(all.size());
    all.values().forEach(owned -> things.add(owned.thing));
    return things;
  }
}

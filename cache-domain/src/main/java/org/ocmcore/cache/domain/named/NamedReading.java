package org.ocmcore.cache.domain.named;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;

/** Fetches the values of named keys. If one server fails, the others still answer. */
final class NamedReading {
  private final CachePort cache;
  private final KeyLocator locator;
  private final Executor executor;
  private final ValueMemory memory;
  private final List<CacheEntry> entries = new ArrayList<>();
  private final List<CacheKey> absent = new ArrayList<>();
  private final List<CacheKey> unread = new ArrayList<>();
  private final Map<String, StoreUnavailable> failures = new LinkedHashMap<>();
  private long bytes;

  NamedReading(CachePort cache, KeyLocator locator, Executor executor, ValueMemory memory) {
    this.cache = cache;
    this.locator = locator;
    this.executor = executor;
    this.memory = memory;
  }

  /** The bytes of all items that were fetched. */
  long bytes() {
    return bytes;
  }

  /** Marks keys as not requested. */
  void leave(List<CacheKey> keys) {
    unread.addAll(keys);
  }

  void read(List<CacheKey> keys) {
    Map<CacheKey, KeyLocator.Places> places = new LinkedHashMap<>();
    keys.forEach(key -> places.put(key, locator.places(key)));
    List<PlacedKey> placed = new ArrayList<>();
    places.forEach((key, place) -> placed.add(new PlacedKey(key, place.first())));
    Map<CacheKey, CacheEntry> found = new HashMap<>();
    Set<CacheKey> unanswered = new LinkedHashSet<>();
    if (!failures.isEmpty() || !readTogether(placed, found)) {
      readEach(placed, found, unanswered);
    }
    places.keySet().removeAll(found.keySet());
    readElsewhere(places, found, unanswered);
    for (CacheKey key : keys) {
      if (found.containsKey(key)) {
        entries.add(found.get(key));
        bytes += found.get(key).size();
        memory.arrived(found.get(key).size());
      } else {
        (unanswered.contains(key) ? unread : absent).add(key);
      }
    }
  }

  /** Asks all servers that may hold the keys. */
  private void readElsewhere(
      Map<CacheKey, KeyLocator.Places> missing,
      Map<CacheKey, CacheEntry> found,
      Set<CacheKey> unanswered) {
    Map<String, List<PlacedKey>> shares = new LinkedHashMap<>();
    missing.forEach((key, place) -> locator
        .others(place)
        .forEach(server -> shares
            .computeIfAbsent(server, any -> new ArrayList<>())
            .add(new PlacedKey(key, server))));
    List<String> asked =
        shares.keySet().stream().filter(server -> !failures.containsKey(server)).toList();
    ServerAnswers<List<CacheEntry>> answers =
        ServerAnswers.ask(asked, executor, server -> cache.readAll(shares.get(server)));
    failures.putAll(answers.failures());
    shares.keySet().stream()
        .filter(failures::containsKey)
        .forEach(server -> shares.get(server).forEach(key -> unanswered.add(key.key())));
    missing.forEach((key, place) -> locator.others(place).stream()
        .flatMap(server -> answers.answers().getOrDefault(server, List.of()).stream())
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .ifPresent(entry -> found.put(key, entry)));
  }

  /** Returns false if any server failed; nothing is kept then. */
  private boolean readTogether(List<PlacedKey> placed, Map<CacheKey, CacheEntry> found) {
    try {
      keep(cache.readAll(placed), found);
      return true;
    } catch (StoreUnavailable somebody) {
      return false;
    }
  }

  private void readEach(
      List<PlacedKey> placed, Map<CacheKey, CacheEntry> found, Set<CacheKey> unanswered) {
    Map<String, List<PlacedKey>> shares = placed.stream()
        .collect(Collectors.groupingBy(PlacedKey::server, LinkedHashMap::new, Collectors.toList()));
    shares.forEach((server, share) -> {
      if (!failures.containsKey(server)) {
        try {
          keep(cache.readAll(share), found);
          return;
        } catch (StoreUnavailable e) {
          failures.put(server, e);
        }
      }
      share.forEach(key -> unanswered.add(key.key()));
    });
  }

  private static void keep(List<CacheEntry> read, Map<CacheKey, CacheEntry> found) {
    read.forEach(entry -> found.put(entry.key(), entry));
  }

  NamedValues result() {
    return new NamedValues(entries, absent, unread, List.copyOf(failures.values()));
  }
}

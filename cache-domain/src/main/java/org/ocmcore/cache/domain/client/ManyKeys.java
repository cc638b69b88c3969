package org.ocmcore.cache.domain.client;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.error.ValueTooLarge;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.KeyOutcome;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** Works on several keys in one round trip for each server. */
final class ManyKeys {
  private final StoreAccess access;
  private final Store store;
  private final Clock clock;

  ManyKeys(StoreAccess access) {
    this.access = access;
    this.store = access.store();
    this.clock = store.clock();
  }

  private Map<String, List<CacheKey>> byServer(Collection<CacheKey> keys) {
    return keys.stream()
        .distinct()
        .collect(Collectors.groupingBy(
            key -> store.cache().place(key).server(), LinkedHashMap::new, Collectors.toList()));
  }

  /** The entries of the keys that exist, in the order of the keys. */
  Map<CacheKey, CacheEntry> read(Collection<CacheKey> keys) {
    List<PlacedKey> placed = keys.stream().distinct().map(store.cache()::place).toList();
    Map<CacheKey, CacheEntry> found = new LinkedHashMap<>();
    for (CacheEntry entry : entries(placed)) {
      found.put(entry.key(), entry);
    }
    return found;
  }

  /** If a server cannot be reached and that is a miss, asks the other servers again. */
  private List<CacheEntry> entries(List<PlacedKey> keys) {
    List<PlacedKey> asked = keys;
    while (true) {
      try {
        return entriesOfAll(asked);
      } catch (StoreUnavailable e) {
        access.throwUnlessMiss(e);
        List<PlacedKey> others =
            asked.stream().filter(key -> !key.server().equals(e.server())).toList();
        if (others.size() == asked.size()) {
          throw e;
        }
        asked = others;
      }
    }
  }

  private List<CacheEntry> entriesOfAll(List<PlacedKey> keys) {
    Set<String> servers = keys.stream().map(PlacedKey::server).collect(Collectors.toSet());
    access.permit(servers, () -> "read of many keys");
    List<CacheEntry> entries = access.counted(() -> store.cache().readAll(keys));
    access.succeeded(servers);
    return entries;
  }

  /** Stores all values, whatever fails with some; the first failure is thrown. */
  void store(Map<CacheKey, CacheValue> values, Lifetime lifetime) {
    Failures failures = new Failures();
    Expiry expiry = Expiry.after(clock.instant(), lifetime);
    byServer(values.keySet()).forEach((server, keys) -> {
      try {
        access.call(server, () -> "store of many keys", () -> {
          store
              .bulk()
              .store(
                  server,
                  keys.stream()
                      .map(key -> new CacheEntry(key, values.get(key), expiry))
                      .iterator(),
                  false,
                  (entry, outcome, reason) ->
                      failures.addUnlessStored(server, entry, outcome, reason));
          return true;
        });
      } catch (StoreUnavailable e) {
        failures.addUnlessMiss(e);
      }
    });
    failures.throwFirst();
  }

  private final class Failures {
    private final List<CacheException> all = new ArrayList<>();

    void add(CacheException failure) {
      all.add(failure);
    }

    void addUnlessMiss(StoreUnavailable failure) {
      if (!access.isMiss(failure)) {
        add(failure);
      }
    }

    void addUnlessStored(String server, CacheEntry entry, StoreOutcome outcome, String reason) {
      String key = entry.key().toString();
      if (outcome == StoreOutcome.TOO_LARGE) {
        add(new ValueTooLarge(key, entry.size(), store.bulk().maxItemSize(server)));
      } else if (outcome == StoreOutcome.REFUSED) {
        add(new StoreUnavailable(server, "store of key '" + key + "'", reason));
      }
    }

    void throwFirst() {
      if (!all.isEmpty()) {
        CacheException first = all.get(0);
        all.stream().skip(1).forEach(first::addSuppressed);
        throw first;
      }
    }
  }

  /** Deletes all keys, whatever fails with some; returns how many existed. */
  long delete(Collection<CacheKey> keys) {
    Failures failures = new Failures();
    long[] deleted = new long[1];
    byServer(keys).forEach((server, some) -> {
      try {
        access.call(server, () -> "delete of many keys", () -> {
          store.bulk().delete(server, some.iterator(), (key, outcome, reason) -> {
            deleted[0] += outcome == KeyOutcome.DONE ? 1 : 0;
            if (outcome == KeyOutcome.REFUSED) {
              failures.add(new StoreUnavailable(server, "delete of key '" + key + "'", reason));
            }
          });
          return true;
        });
      } catch (StoreUnavailable e) {
        failures.add(e);
      }
    });
    failures.throwFirst();
    return deleted[0];
  }
}

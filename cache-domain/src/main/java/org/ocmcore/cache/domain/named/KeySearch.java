package org.ocmcore.cache.domain.named;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.tracking.KeyTracker;

/**
 * Finds the servers that hold named keys: by the index, and by asking the servers of which the
 * index may lack keys. Safe for use by any number of threads.
 */
public final class KeySearch {
  private final BulkPort bulk;
  private final KeyLocator locator;
  private final Executor executor;

  /**
   * @param executor asks servers; it must have a thread for every task or run tasks on the caller's
   *     thread
   */
  public KeySearch(Store store, KeyTracker tracker, Executor executor) {
    this.bulk = store.bulk();
    this.locator = new KeyLocator(store.cache(), tracker);
    this.executor = executor;
  }

  /** Finds the servers that hold each of these keys. */
  public LocatedKeys locate(List<CacheKey> keys) {
    ServerAnswers<Set<CacheKey>> held =
        ServerAnswers.ask(locator.unfollowed(), executor, server -> held(server, keys));
    Map<CacheKey, List<String>> servers = new LinkedHashMap<>();
    boolean isAnyMissing = false;
    for (CacheKey key : keys) {
      KeyLocator.Places places = locator.places(key);
      Set<String> holders = new LinkedHashSet<>(places.known());
      held.answers().forEach((server, there) -> {
        if (there.contains(key)) {
          holders.add(server);
        }
      });
      isAnyMissing |= holders.isEmpty();
      servers.put(key, holders.isEmpty() ? List.of(places.home()) : List.copyOf(holders));
    }
    return new LocatedKeys(
        servers, isAnyMissing ? List.copyOf(held.failures().values()) : List.of());
  }

  private Set<CacheKey> held(String server, List<CacheKey> keys) {
    Set<CacheKey> held = new HashSet<>();
    bulk.find(server, keys.iterator(), (key, isThere) -> {
      if (isThere) {
        held.add(key);
      }
    });
    return held;
  }
}

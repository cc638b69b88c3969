package org.ocmcore.cache.domain.dump;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;

/**
 * Decides which copy counts if several servers hold a key: the copy where the key belongs, or else
 * the copy on the first server in the order of configuration. For use by one thread.
 */
final class DuplicateResolver {
  private final Store store;
  private final List<String> servers;
  private final String server;
  private final boolean partial;

  /** Servers that have failed: asking each of them again would take its timeout again. */
  private final Set<String> failed = new HashSet<>();

  /**
   * @param servers all servers of the dump
   * @param server whose copies are checked
   * @param partial whether copies on a server that fails do not count, since they are not in the
   *     dump
   */
  DuplicateResolver(Store store, List<String> servers, String server, boolean partial) {
    this.store = store;
    this.servers = servers;
    this.server = server;
    this.partial = partial;
  }

  /** Whether the key belongs on this server, so that this copy counts. */
  boolean isHome(CacheKey key) {
    return servers.size() == 1 || store.cache().place(key).server().equals(server);
  }

  /** Of keys that belong elsewhere, those whose copy here counts. */
  List<KeyInfo> counting(List<KeyInfo> misplaced) {
    Map<String, List<CacheKey>> lookups = new LinkedHashMap<>();
    for (KeyInfo key : misplaced) {
      for (String better : better(key.key())) {
        lookups.computeIfAbsent(better, any -> new ArrayList<>()).add(key.key());
      }
    }
    Set<CacheKey> elsewhere = new HashSet<>();
    lookups.forEach((other, keys) -> elsewhere.addAll(held(other, keys)));
    return misplaced.stream().filter(key -> !elsewhere.contains(key.key())).toList();
  }

  private Set<CacheKey> held(String other, List<CacheKey> keys) {
    Set<CacheKey> held = new HashSet<>();
    if (failed.contains(other)) {
      return held;
    }
    try {
      store.bulk().find(other, keys.iterator(), (key, isThere) -> {
        if (isThere) {
          held.add(key);
        }
      });
    } catch (StoreUnavailable e) {
      if (!partial) {
        throw e;
      }
      failed.add(other);
    }
    return held;
  }

  /** The servers whose copy would count instead. */
  private Set<String> better(CacheKey key) {
    Set<String> better = new HashSet<>(servers.subList(0, servers.indexOf(server)));
    better.add(store.cache().place(key).server());
    return better;
  }
}

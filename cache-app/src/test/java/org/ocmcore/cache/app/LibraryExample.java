package org.ocmcore.cache.app;

// readme: begin
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memory.MemoryCache;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;

/** Shows the library at work. */
final class LibraryExample {
  private LibraryExample() {}

  /** An application's own code: it knows the port, and not which store is behind it. */
  static Optional<String> greet(CachePort cache, String user) {
    CacheKey key = CacheKey.of("greeting:" + user);
    cache.store(key, CacheValue.ofText("Hello, " + user), Lifetime.ofSeconds(3600));
    cache.refresh(key, Lifetime.ofSeconds(7200));
    return cache.get(key).map(value -> new String(value.bytes(), StandardCharsets.UTF_8));
  }

  /** Every key of every server in which the pattern is found, straight from the servers. */
  static List<CacheKey> find(KeyspacePort keyspace, String pattern) {
    KeyPattern.Search search = KeyPattern.of(pattern).search();
    List<CacheKey> found = new ArrayList<>();
    for (String server : keyspace.servers()) {
      keyspace.walk(server, info -> {
        if (search.finds(info.key())) {
          found.add(info.key());
        }
      });
    }
    return found;
  }

  static void inProduction() {
    MemcachedSettings settings = MemcachedSettings.parse("cache1:11211,cache2:11211");
    try (MemcachedStore store = MemcachedStore.open(settings, Clock.systemUTC())) {
      greet(store.cache(), "Ada");
      find(store.keyspace(), "^greeting:").forEach(System.out::println);
    }
  }

  static void inTests() {
    MemoryCache cache = new MemoryCache(10_000, Clock.systemUTC());
    greet(cache, "Ada");
    find(cache, "^greeting:").forEach(System.out::println);
  }
}
// readme: end

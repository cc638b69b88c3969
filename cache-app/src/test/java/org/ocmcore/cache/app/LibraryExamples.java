package org.ocmcore.cache.app;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memory.MemoryNearMap;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CacheStats;
import org.ocmcore.cache.domain.client.Compression;
import org.ocmcore.cache.domain.client.Loading;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.client.Unavailable;
import org.ocmcore.cache.domain.client.Versioned;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.jackson.JacksonCodec;

/** The examples of docs/library.md. A test compares them, and another runs them. */
final class LibraryExamples {
  private static final Duration HOUR = Duration.ofHours(1);

  /** A value of an application. */
  record User(String name, int level) {}

  /** Where an application gets its users from. */
  interface Users {
    User load(int id) throws IOException;
  }

  private final Cache cache;
  private final Users users;

  LibraryExamples(Store store, Users users) {
    this.cache = Cache.builder(store).codec(JacksonCodec.create()).build();
    this.users = users;
  }

  /** Runs all but the quick start, which needs servers of these names. */
  static void runAll(Store store) throws IOException {
    LibraryExamples examples = new LibraryExamples(store, id -> new User("Ada", id));
    examples.oneKey();
    examples.manyKeys();
    examples.typeWithArguments();
    examples.counter();
    examples.compareAndSet();
    examples.getOrLoad();
    examples.loading();
    nearCache(store);
    examples.appView();
    examples.appViewClearedAtOnce();
    examples.asynchronous();
    examples.statistics();
    examples.sessions();
    examples.apiResponses();
    examples.configuration();
    require(examples.rateLimit("me"));
    examples.warming();
    examples.healthCheck();
    compressing(store).set("large", "x".repeat(20_000), HOUR);
    inTests(Clock.systemUTC()).set("small", 1, HOUR);
  }

  static void quickStart() {
    // example
    try (Cache cache = Cache.builder(
            MemcachedStore.open(MemcachedSettings.parse("cache1:11211,cache2:11211")))
        .codec(JacksonCodec.create())
        .onUnavailable(Unavailable.MISS)
        .build()) {
      cache.set("user:1", new User("Ada", 3), Duration.ofHours(1));
      Optional<User> user = cache.get("user:1", User.class);
      user.ifPresent(found -> System.out.println(found.name()));
    }
    // end
  }

  void typeWithArguments() {
    cache.set("team", List.of(new User("Ada", 3)), HOUR);
    // example
    Optional<List<User>> team = cache.get("team", new TypeRef<List<User>>() {});
    // end
    require(team.orElseThrow().get(0).name().equals("Ada"));
  }

  static Cache compressing(Store store) {
    // example
    Cache cache = Cache.builder(store).compressAbove(10_000, Compression.zlib()).build();
    // end
    return cache;
  }

  void oneKey() {
    // example
    cache.set("user:1", new User("Ada", 3), Duration.ofHours(1));
    boolean added = cache.add("lock:1", "me", Duration.ofSeconds(30));
    boolean refreshed = cache.refresh("user:1", Duration.ofHours(2));
    boolean existed = cache.delete("lock:1");
    cache.set("greeting", "Hello", Cache.FOREVER);
    // end
    require(added && refreshed && existed);
  }

  void manyKeys() {
    // example
    cache.setAll(Map.of("a", 1, "b", 2), Duration.ofMinutes(5));
    Map<String, Integer> found = cache.getAll(List.of("a", "b", "c"), Integer.class);
    long deleted = cache.deleteAll(List.of("a", "b", "c"));
    // end
    require(found.equals(Map.of("a", 1, "b", 2)) && deleted == 2);
  }

  void counter() {
    // example
    long hits = cache.increment("hits:1", 1, Duration.ofMinutes(1));
    // end
    require(hits == 1);
  }

  void compareAndSet() {
    cache.set("user:1", new User("Ada", 3), HOUR);
    // example
    Versioned<User> seen = cache.getVersioned("user:1", User.class).orElseThrow();
    User promoted = new User(seen.value().name(), seen.value().level() + 1);
    boolean won = cache.replace("user:1", seen.version(), promoted, Duration.ofHours(1));
    // end
    require(won);
  }

  void getOrLoad() {
    cache.delete("user:1");
    // example
    User user = cache.getOrLoad("user:1", User.class, Duration.ofHours(1), () -> users.load(1));
    // end
    require(user.name().equals("Ada"));
  }

  void loading() {
    // example
    Loading<User> loading = cache
        .loading(User.class)
        .expireAfter(Duration.ofHours(1))
        .staleFor(Duration.ofMinutes(10))
        .cacheMissesFor(Duration.ofSeconds(30))
        .refreshEarly(1.0)
        .clusterWide();
    User user = loading.get("user:1", () -> users.load(1));
    // end
    require(user.name().equals("Ada"));
  }

  static void nearCache(Store store) {
    // example
    Cache cache = Cache.builder(store)
        .nearCache(MemoryNearMap.ofBytes(64 << 20), Duration.ofMinutes(5))
        .build();
    // end
    cache.set("greeting", "Hello", HOUR);
    cache.get("greeting", String.class);
    cache.get("greeting", String.class);
    require(cache.stats().nearHits() == 1);
    cache.close();
  }

  void appView() {
    // example
    Cache shop = cache.app("shop");
    shop.set("tokens", "a b c", Duration.ofHours(1));
    try (Stream<String> keys = shop.keys("^tok")) {
      keys.forEach(System.out::println);
    }
    long touched = shop.refreshMatching("^tok", Duration.ofHours(2));
    long deleted = shop.deleteMatching("^tok");
    shop.clear();
    // end
    require(touched == 1 && deleted == 1);
  }

  void appViewClearedAtOnce() {
    // example
    Cache pages = cache.appClearedAtOnce("pages");
    pages.set("/start", "<html>", Duration.ofHours(1));
    pages.clear();
    // end
    require(pages.get("/start", String.class).isEmpty());
  }

  void asynchronous() {
    cache.set("user:1", new User("Ada", 3), HOUR);
    // example
    CompletableFuture<Optional<User>> later = cache.async().get("user:1", User.class);
    CompletableFuture<Long> deleted = cache.async().call(on -> on.deleteMatching("^old:"));
    // end
    require(later.join().isPresent() && deleted.join() == 0);
  }

  void statistics() {
    // example
    CacheStats stats = cache.stats();
    System.out.printf(
        "%d hits, %d misses, %d failures%n", stats.hits(), stats.misses(), stats.failures());
    // end
  }

  static Cache inTests(Clock clock) {
    // example
    Cache inTests = Cache.builder(MemoryStore.open(clock)).build();
    // end
    return inTests;
  }

  void sessions() {
    // example
    Cache sessions = cache.app("session");
    sessions.set("8f14e45f", new User("Ada", 3), Duration.ofMinutes(30));
    Optional<User> session = sessions.get("8f14e45f", User.class);
    sessions.refresh("8f14e45f", Duration.ofMinutes(30));
    sessions.delete("8f14e45f");
    // end
    require(session.isPresent());
  }

  void apiResponses() {
    // example
    String answer = cache
        .app("api")
        .getOrLoad("weather:berlin", String.class, Duration.ofMinutes(5), () -> "{\"celsius\":21}");
    // end
    require(answer.contains("21"));
  }

  void configuration() {
    // example
    Cache configuration = cache.app("config");
    configuration.set("max_upload_mb", 50, Cache.FOREVER);
    int limit = configuration.get("max_upload_mb", Integer.class).orElse(10);
    // end
    require(limit == 50);
  }

  boolean rateLimit(String client) {
    // example
    long minute = System.currentTimeMillis() / 60_000;
    long calls = cache.increment("rate:" + client + ":" + minute, 1, Duration.ofMinutes(2));
    boolean allowed = calls <= 100;
    // end
    return allowed;
  }

  void warming() throws IOException {
    // example
    Map<String, User> warm = Map.of("user:1", users.load(1), "user:2", users.load(2));
    cache.setAll(warm, Duration.ofHours(1));
    // end
    require(cache.get("user:2", User.class).isPresent());
  }

  void healthCheck() {
    // example
    cache.set("health:check", "ok", Duration.ofSeconds(10));
    boolean healthy = cache.get("health:check", String.class).isPresent();
    // end
    require(healthy);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("the example does not do what it shows");
    }
  }
}

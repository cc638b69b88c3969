package org.ocmcore.cache.adapter.memcached;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The addresses of host names, which a test changes at any time. */
final class TestHosts {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
  private final AtomicInteger lookups = new AtomicInteger();

  void set(String host, String... addresses) {
    this.addresses.put(host, List.of(addresses));
  }

  void remove(String host) {
    addresses.remove(host);
  }

  /** Waits until a lookup has ended that began after this call. */
  void awaitLookup() {
    int before = lookups.get();
    MemcachedServer.await(() -> lookups.get() > before + 2);
  }

  private List<InetSocketAddress> resolve(String host, int port) {
    if (!host.endsWith(".test")) {
      return Resolver.resolveBySystem(host, port);
    }
    lookups.incrementAndGet();
    return addresses.getOrDefault(host, List.of()).stream()
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  /** Opens a store that looks these hosts up often. */
  MemcachedStore open(Ring ring, String... servers) {
    return MemcachedStore.open(
        new MemcachedSettings(List.of(servers), TIMEOUT, ring, FeedMode.AUTO),
        Clock.systemUTC(),
        this::resolve,
        INTERVAL);
  }
}

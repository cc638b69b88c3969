package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** What the tests of CommandLine share. */
abstract class CommandLineFixture {
  /** Enough that a dump has several blocks. */
  static final int COUNT = 3_000;

  @TempDir
  Path folder;

  final List<MemcachedServer> started = new ArrayList<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void stopServers() {
    started.forEach(MemcachedServer::close);
  }

  List<MemcachedServer> servers(int count) {
    List<MemcachedServer> servers =
        Stream.generate(MemcachedServer::start).limit(count).toList();
    started.addAll(servers);
    return servers;
  }

  static String addresses(List<MemcachedServer> servers) {
    return servers.stream().map(MemcachedServer::address).collect(Collectors.joining(","));
  }

  static MemcachedStore open(List<MemcachedServer> servers) {
    return MemcachedStore.open(MemcachedSettings.parse(addresses(servers)), Clock.systemUTC());
  }

  static CacheKey key(int i) {
    return CacheKey.of((i % 2 == 0 ? "user:" : "page:") + i);
  }

  static CacheValue value(int i) {
    return CacheValue.of(("value " + i + " ").repeat(50).getBytes(StandardCharsets.UTF_8), i % 7);
  }

  static void fill(List<MemcachedServer> servers) {
    try (MemcachedStore store = open(servers)) {
      for (int i = 0; i < COUNT; i++) {
        store
            .cache()
            .store(key(i), value(i), i % 3 == 0 ? Lifetime.FOREVER : Lifetime.ofSeconds(5_000));
      }
    }
  }

  static long items(List<MemcachedServer> servers) {
    return servers.stream().mapToLong(server -> server.stat("curr_items")).sum();
  }

  int run(Map<String, String> settings, String... arguments) {
    out.reset();
    err.reset();
    return new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            settings)
        .execute(List.of(arguments));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  static Map<String, String> on(List<MemcachedServer> servers) {
    return Map.of("MEMCACHED_SERVERS", addresses(servers), "CACHE_DUMP_MAX_LATENCY_MS", "0");
  }

  static Map<String, String> changing(List<MemcachedServer> servers) {
    Map<String, String> settings = new HashMap<>(on(servers));
    settings.put("CACHE_ENVIRONMENT", "development");
    return settings;
  }

  void dump(List<MemcachedServer> servers, Path file) {
    assertEquals(0, run(on(servers), "dump", file.toString()), err());
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  void expectLine(String regex) {
    assertTrue(out().lines().anyMatch(line -> line.matches(regex)), out());
  }
}

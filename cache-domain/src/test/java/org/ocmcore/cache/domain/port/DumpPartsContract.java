package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;

/** The parts of a dump that a {@link DumpPort} writes. */
abstract class DumpPartsContract extends ScratchContract {
  protected static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  protected static CacheEntry entry(String key, String value) {
    return new CacheEntry(CacheKey.of(key), CacheValue.ofText(value), Expiry.NEVER);
  }

  DumpWriter create(Instant createdAt) {
    return dumps.create(new DumpHeader(createdAt, List.of("127.0.0.1:11211"), "1.0"));
  }

  static DumpEntry dumped(CacheEntry entry) {
    return new DumpEntry(entry, KeyInfo.UNKNOWN);
  }

  List<CacheEntry> read(String name) {
    List<CacheEntry> entries = new ArrayList<>();
    try (DumpReader reader = dumps.open(name)) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        entries.add(next.entry());
      }
      assertNull(reader.next());
    }
    return entries;
  }

  static DumpAccount account(long written, String... failures) {
    List<ServerAccount> servers = new ArrayList<>();
    servers.add(new ServerAccount(
        "127.0.0.1:11211", written + 10, written, 3, 2, 1, 4, 0, 0, Optional.empty()));
    for (String failure : failures) {
      servers.add(
          new ServerAccount("10.0.0.2:11211", 4, 0, 0, 0, 0, 0, 1, 3, Optional.of(failure)));
    }
    return new DumpAccount(servers);
  }

  @Test
  void entriesComeBackWithTheirServer() {
    DumpHeader header = new DumpHeader(NOON, List.of("a:1", "b:1"), "1.0");
    try (DumpWriter writer = dumps.create(header)) {
      for (String server : header.servers()) {
        PartWriter part = writer.part(server);
        part.write(dumped(entry("on-" + server, "v")));
        part.end();
      }
      writer.commit(account(2), () -> {});
    }
    Map<String, Optional<String>> servers = new HashMap<>();
    try (DumpReader reader = dumps.open(dumps.currentName())) {
      for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
        servers.put(next.entry().key().toString(), reader.server());
      }
    }
    assertEquals(Map.of("on-a:1", Optional.of("a:1"), "on-b:1", Optional.of("b:1")), servers);
  }

  @Test
  void partsAreWrittenConcurrently() throws InterruptedException {
    int parts = 4;
    int each = 20_000;
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    try (DumpWriter writer = create(NOON)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        String prefix = "part" + i + ":";
        threads.add(new Thread(() -> {
          PartWriter part = writer.part("127.0.0.1:11211");
          for (int j = 0; j < each; j++) {
            part.write(dumped(entry(prefix + j, prefix + "value" + j)));
          }
          part.end();
        }));
      }
      for (Thread thread : threads) {
        thread.setUncaughtExceptionHandler((failed, e) -> failures.add(e));
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(List.of(), failures);
      assertEquals(
          parts * each, writer.commit(account((long) parts * each), () -> {}).entries());
    }
    Set<CacheEntry> expected = new HashSet<>();
    for (int i = 0; i < parts; i++) {
      for (int j = 0; j < each; j++) {
        expected.add(entry("part" + i + ":" + j, "part" + i + ":value" + j));
      }
    }
    List<CacheEntry> found = read(dumps.currentName());
    assertEquals(parts * each, found.size());
    assertEquals(expected, Set.copyOf(found));
  }
}

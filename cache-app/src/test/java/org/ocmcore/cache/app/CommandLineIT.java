package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.port.CachePort;

/** Dumps and restores without the service, on real servers. */
class CommandLineIT extends CommandLineFixture {
  /** Each where the ring of these servers has it, as it was stored. */
  private static void expectAll(List<MemcachedServer> servers) {
    assertEquals(COUNT, items(servers));
    try (MemcachedStore store = open(servers)) {
      CachePort cache = store.cache();
      for (int i = 0; i < COUNT; i++) {
        CacheEntry entry = cache.read(key(i)).orElseThrow();
        assertEquals(value(i), entry.value());
        assertEquals(i % 3 == 0, entry.expiry().isNever());
        assertFalse(
            entry.expiry().remaining(Instant.now()).orElse(Duration.ZERO).toSeconds() > 5_000);
      }
    }
  }

  @Test
  void dumpOfThreeServersIsRestoredElsewhere() throws IOException {
    List<MemcachedServer> three = servers(3);
    fill(three);
    Path file = folder.resolve("backup.json.gz");
    dump(three, file);
    assertEquals("", err());
    for (MemcachedServer server : three) {
      long count = server.stat("curr_items");
      expectLine("%s +%2$,d +%2$,d +0 +0 +0 +0 +0 +0".formatted(server.address(), count));
    }
    expectLine("all +3,000 +3,000 +0 +0 +0 +0 +0 +0");
    String dated = names(folder).get(0);
    assertEquals(List.of(dated, "backup.json.gz"), names(folder));
    expectLine("written as  " + Pattern.quote(folder.resolve(dated).toString()));
    expectLine("current as  " + Pattern.quote(file.toString()));
    expectLine("%,d bytes, [0-9.]+ s, [0-9,]+ keys a second".formatted(Files.size(file)));

    assertEquals(0, run(Map.of(), "verify", folder.resolve(dated).toString()));
    expectLine("valid: 3,000 entries, .* bytes, made .* from %s, complete"
        .formatted(addresses(three).replace(",", ", ")));

    for (List<MemcachedServer> target : List.of(servers(1), servers(3))) {
      assertEquals(0, run(changing(target), "restore", file.toString()), err());
      expectLine("stored +3,000");
      expectAll(target);
      assertEquals(0, run(changing(target), "restore", "--app=user", file.toString()), err());
      expectLine("there already +1,500");
      expectLine("not asked for +1,500");
      assertEquals(0, run(changing(target), "restore", "--mode", "replace", file.toString()));
      expectLine("stored +3,000");
      expectAll(target);
    }
  }

  @Test
  void inspectNeedsNoServersAndLeavesNoTrace() throws IOException {
    List<MemcachedServer> one = servers(1);
    fill(one);
    dump(one, folder.resolve("made.json"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.copy(folder.resolve("made.json"), elsewhere.resolve("any name"));

    assertEquals(0, run(Map.of(), "inspect", file.toString(), "--pattern", "^user:2\\d\\d$"));
    expectLine("20 of 50 keys that match are shown; the dump holds 3,000");
    expectLine(
        " +[0-9,]+  +(never|1 h 23 min|1 h 22 min)  +(never|1 h 2\\d min)  +\\d  user:2\\d\\d");
    expectLine("user +50 +[0-9,]+");

    assertEquals(
        0,
        run(
            Map.of(),
            "inspect",
            "--json",
            "--values",
            "--limit=5000",
            "--no-ttl",
            file.toString()));
    Matcher keys = Pattern.compile(
            "\\{\"type\":\"key\",\"key\":\"\\w+:(\\d+)\",\"bytes\":\\d+,\"flags\":(\\d),"
                + "\"expires_at\":null,\"ttl_at_dump\":null,\"ttl\":null,\"last_access\":\\d+,"
                + "\"value\":\"value (\\d+) .*\"}")
        .matcher(out());
    int found = 0;
    while (keys.find()) {
      int i = Integer.parseInt(keys.group(1));
      assertEquals(i % 7, Integer.parseInt(keys.group(2)));
      assertEquals(i, Integer.parseInt(keys.group(3)));
      found++;
    }
    assertEquals(COUNT / 3, found);
    expectLine("\\{\"type\":\"end\",\"matching\":1000,\"shown\":1000}");
    assertEquals(List.of("any name"), names(elsewhere));
  }

  @Test
  void damagedDumpIsSalvagedOnlyOnRequest() throws IOException {
    List<MemcachedServer> one = servers(1);
    fill(one);
    Path file = folder.resolve("dump.json");
    dump(one, file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.json"), bytes);

    assertEquals(5, run(Map.of(), "verify", damaged.toString()));
    expectLine("damaged: [0-9,]+ entries are intact, .*");
    expectLine("  bytes [0-9,]+ to [0-9,]+: .*");
    long intact = number("damaged: ([0-9,]+) entries");
    assertTrue(intact > 0 && intact < COUNT, out());
    assertEquals(5, run(Map.of(), "inspect", damaged.toString()));
    assertEquals(intact, number("the dump holds ([0-9,]+)"));

    List<MemcachedServer> target = servers(1);
    assertEquals(5, run(changing(target), "restore", damaged.toString()));
    assertTrue(err().startsWith("cache: restore failed: dump 'damaged.json' is not usable: bytes"));
    assertEquals(0, items(target));
    assertEquals(4, run(changing(target), "restore", "--salvage", damaged.toString()));
    assertEquals("""
        cache: %,d entries went to another server than they came from (ring: single)
        cache: the dump is damaged; what is intact of it was taken
        """.formatted(intact), err());
    assertEquals(intact, number("stored +([0-9,]+)"));
    assertEquals(intact, items(target));
  }

  private long number(String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(out());
    assertTrue(matcher.find(), out());
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }

  @Test
  void hiddenValuesAreNotShown() {
    List<MemcachedServer> one = servers(1);
    fill(one);
    Path file = folder.resolve("dump.json");
    dump(one, file);
    Map<String, String> hiding = Map.of("CACHE_HIDE_VALUES", "^user:");
    String[] all = {"inspect", "--values", "--limit", "3000", file.toString()};
    assertEquals(0, run(hiding, all), err());
    assertEquals(
        COUNT / 2, out().lines().filter(line -> line.equals("    (hidden)")).count());
    assertFalse(out().contains("value 2 "), "a hidden value is shown");
    assertTrue(out().contains("value 1 "), out());
    assertEquals(0, run(hiding, "inspect", "--values", "--json", file.toString()), err());
    assertFalse(out().contains("value 2 "), "a hidden value is shown");
    expectLine(".*\"key\":\"user:.*\"value_hidden\":true.*");
    assertEquals(2, run(Map.of("CACHE_HIDE_VALUES", "("), "inspect", file.toString()));
    assertTrue(err().contains("CACHE_HIDE_VALUES"), err());
  }
}

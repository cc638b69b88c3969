package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memcached.Release;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/** Files of other tools are restored onto real servers. */
class ForeignFilesIT extends CommandLineFixture {
  private static final String TOOL = "/usr/share/memcached/scripts/memcached-tool";

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @ParameterizedTest
  @EnumSource
  void outputOfMemcachedToolIsRestored(Release release) throws Exception {
    List<MemcachedServer> from = List.of(MemcachedServer.start(release));
    started.addAll(from);
    fill(from);
    Path file = folder.resolve("tool.txt");
    Process tool = new ProcessBuilder("perl", TOOL, from.get(0).address(), "dump")
        .redirectOutput(file.toFile())
        .redirectError(new File("/dev/null"))
        .start();
    assertTrue(tool.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, tool.exitValue());

    assertEquals(0, run(Map.of(), "verify", file.toString()), err());
    expectLine("valid: 3,000 entries, .* bytes, memcached-tool");
    assertEquals(0, run(Map.of(), "inspect", file.toString(), "--app", "user"), err());
    expectLine("20 of 1,500 keys that match are shown; the dump holds 3,000");

    List<MemcachedServer> to = servers(2);
    assertEquals(0, run(changing(to), "restore", "--placement=ring", file.toString()), err());
    expectLine("3,000 entries, .* bytes, memcached-tool");
    expectLine("stored +3,000");
    try (MemcachedStore source = open(from);
        MemcachedStore target = open(to)) {
      for (int i = 0; i < COUNT; i++) {
        CacheEntry expected = source.cache().read(key(i)).orElseThrow();
        CacheEntry restored = target.cache().read(key(i)).orElseThrow();
        assertEquals(expected.value(), restored.value());
        assertEquals(expected.expiry().isNever(), restored.expiry().isNever());
        // The clock of a memcached that gets no processor time is seconds late.
        assertTrue(expected.expiry().isNever()
            || Math.abs(expected.expiry().epochSecond() - restored.expiry().epochSecond()) <= 10);
      }
    }
    assertEquals(0, run(changing(to), "restore", "--pattern=^user:", file.toString()), err());
    expectLine("there already +1,500");
    expectLine("not asked for +1,500");
  }

  @Test
  void csvAndNdjsonAreRestored() throws IOException {
    List<MemcachedServer> to = servers(1);
    Path csv = write("a.csv", "key,value,ttl,flags\na,1,100,5\nb,\"x,\ny\",,\n");
    assertEquals(0, run(changing(to), "restore", "--dry-run", csv.toString()), err());
    expectLine("would be stored +2");
    assertEquals(0, items(to));
    assertEquals(0, run(changing(to), "restore", csv.toString()), err());
    expectLine("2 entries, 41 bytes, csv");
    Path json =
        write("b.ndjson", "{\"key\":\"a\",\"value\":2}\n{\"key\":\"c\",\"value\":[1, 2]}\n");
    assertEquals(0, run(changing(to), "restore", "--format", "ndjson", json.toString()), err());
    expectLine("stored +1");
    expectLine("there already +1");
    try (MemcachedStore store = open(to)) {
      CacheEntry a = store.cache().read(CacheKey.of("a")).orElseThrow();
      assertEquals(CacheValue.of(new byte[] {'1'}, 5), a.value());
      long left = a.expiry().remaining(Instant.now()).orElseThrow().toSeconds();
      assertTrue(left > 50 && left <= 100, left + " s");
      CacheEntry c = store.cache().read(CacheKey.of("c")).orElseThrow();
      assertEquals(CacheValue.ofText("[1,2]"), c.value());
      assertTrue(c.expiry().isNever());
    }
  }

  @Test
  void aMalformedLineStoresNothing() throws IOException {
    List<MemcachedServer> to = servers(1);
    Path csv = write("bad.csv", "key,value\n" + "k,v\n".repeat(5_000) + "broken\n");
    assertEquals(5, run(changing(to), "restore", csv.toString()));
    assertTrue(
        err().contains("'bad.csv' is not usable: line 5002: it has 1 fields, and line 1 names 2"),
        err());
    assertEquals(0, items(to));
    assertEquals(5, run(Map.of(), "verify", csv.toString()));
    expectLine(".*line 5002: .*");
    assertEquals(2, run(changing(to), "restore", "--format=xml", csv.toString()));
    assertTrue(err().contains("it must be cache, memcached-tool, csv, ndjson"), err());
    assertEquals(5, run(changing(to), "restore", "--format=cache", csv.toString()));
  }

  /** So memory does not grow with the file. */
  @Test
  void aFileLargerThanTheHeapIsRestored() throws Exception {
    List<MemcachedServer> to = servers(1);
    Path csv = folder.resolve("large.csv");
    try (var lines = Files.newBufferedWriter(csv, StandardCharsets.UTF_8)) {
      lines.write("key,value\n");
      String value = "v".repeat(10_000);
      for (int i = 0; i < 8_000; i++) {
        lines.write("k" + i % 100 + "," + value + "\n");
      }
    }
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx48m",
        "-jar",
        System.getProperty("cache.jar"),
        "restore",
        csv.toString());
    builder.environment().putAll(changing(to));
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), Files.readString(folder.resolve("err")));
    assertEquals(100, items(to));
    assertTrue(Files.readString(folder.resolve("out")).matches("(?s).*there already +7,900.*"));
  }
}

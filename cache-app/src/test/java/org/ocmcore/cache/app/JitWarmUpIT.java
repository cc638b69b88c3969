package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** A service that practises shows nothing of it, and ends as fast as any other. */
class JitWarmUpIT {
  private static final int TERMINATED = 143;

  @TempDir
  Path folder;

  @Test
  void aServiceShowsNothingOfIt() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    try (MemcachedServer memcached = MemcachedServer.start();
        JarProcess service = JarProcess.start(
            folder,
            "exec",
            List.of("-Djava.io.tmpdir=" + temporary),
            Map.of(
                "MEMCACHED_SERVERS",
                "127.0.0.1:" + memcached.port(),
                "CACHE_JIT_WARM_UP",
                "true"))) {
      ApiClient api = service.client();
      Await.until(() -> hasDump(temporary));
      assertEquals(0, api.get("/keys/?fresh=true").number("total_keys"));
      assertEquals(0, api.get("/dumps/").at("dumps").size());
      assertEquals(0, api.get("/jobs/").at("jobs").size());
      service.terminate();
      assertEquals(TERMINATED, service.awaitEnd(20));
      String server = "127.0.0.1:" + memcached.port();
      assertTrue(service.err().lines().allMatch(line -> line.contains(server)), service.err());
      try (Stream<Path> left = Files.list(temporary)) {
        assertEquals(
            List.of(), left.filter(file -> file.toString().contains("warm")).toList());
      }
    }
  }

  private static boolean hasDump(Path temporary) {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders.anyMatch(folder -> Files.exists(folder.resolve("dump.json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

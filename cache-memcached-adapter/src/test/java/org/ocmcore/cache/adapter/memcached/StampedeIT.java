package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.client.Cache;

/** Two hundred threads in four processes want one key of one server. */
class StampedeIT {
  private static final int PROCESSES = 4;
  private static final int THREADS = 50;

  /** Much longer than a value may live: one that never ends is noticed. */
  private static final int SECONDS = 14;

  /** A loader may wait for a processor before it stores, and a server counts whole seconds. */
  private static final Duration SLACK = Duration.ofSeconds(4);

  @Test
  @Timeout(120)
  void oneProcessAtATimeLoads() throws Exception {
    try (MemcachedServer server = MemcachedServer.start()) {
      List<Process> processes = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(start(server.address()));
      }
      long oldest = 0;
      for (Process process : processes) {
        String output =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        oldest =
            Math.max(oldest, Long.parseLong(output.lines().reduce((a, b) -> b).orElseThrow()));
      }
      long most = LoadingProcess.FRESH.plus(LoadingProcess.STALE).plus(SLACK).toMillis();
      assertTrue(oldest <= most, "the oldest value was " + oldest + " ms old");
      long loads = loads(server.address());
      // A server counts whole seconds, so a value may be stale a second early. The processes do
      // not start at the same moment, so all together run a little longer.
      long mostLoads = (SECONDS + 4) / (LoadingProcess.FRESH.toSeconds() - 1) + 1;
      assertTrue(loads >= 2 && loads <= mostLoads, "the loader ran " + loads + " times");
    }
  }

  private static Process start(String server) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LoadingProcess.class.getName(),
            server,
            Integer.toString(THREADS),
            Integer.toString(SECONDS))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long loads(String server) {
    try (Cache cache =
        Cache.builder(MemcachedStore.open(MemcachedSettings.parse(server))).build()) {
      return cache.get(LoadingProcess.LOADS, Long.class).orElseThrow();
    }
  }
}

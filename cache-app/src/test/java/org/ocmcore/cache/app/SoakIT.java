package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.FeedMode;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memcached.Relay;
import org.ocmcore.cache.adapter.memcached.Ring;
import org.ocmcore.cache.adapter.memcached.WireFaults;
import org.ocmcore.cache.domain.client.Cache;

/**
 * The jar that is shipped on three servers, under load over HTTP and through the library. One
 * server is restarted at a time, dumps are made, and one server has a wire with faults.
 *
 * <p>{@code -Dsoak.minutes=N} makes it last so long, and then checks that heap, threads and file
 * descriptors do not grow. Otherwise it takes half a minute.
 */
class SoakIT {
  private static final int MINUTES = Integer.getInteger("soak.minutes", 0);
  private static final Duration DURATION =
      MINUTES > 0 ? Duration.ofMinutes(MINUTES) : Duration.ofSeconds(24);
  private static final Duration BETWEEN_RESTARTS =
      MINUTES > 0 ? Duration.ofSeconds(20) : Duration.ofSeconds(8);
  private static final Duration BETWEEN_DUMPS =
      MINUTES > 0 ? Duration.ofSeconds(10) : Duration.ofSeconds(4);
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(5);
  private static final int CLIENTS_OF_EACH = 6;

  @TempDir
  private Path folder;

  private final List<MemcachedServer> servers =
      List.of(MemcachedServer.start(), MemcachedServer.start(), MemcachedServer.start());
  private final Relay relay = Relay.to(servers.get(2));
  private final String addresses = Stream.of(
          servers.get(0).address(), servers.get(1).address(), relay.address())
      .collect(Collectors.joining(","));
  private final Cache library = Cache.builder(MemcachedStore.open(new MemcachedSettings(
          List.of(addresses.split(",")), Duration.ofSeconds(1), Ring.KETAMA, FeedMode.OFF)))
      .build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SoakRecord record = new SoakRecord();

  @AfterEach
  void close() {
    threads.shutdownNow();
    library.close();
    relay.close();
    servers.forEach(MemcachedServer::close);
  }

  @Test
  void longLoadWithFaultsGivesNoWrongAnswer() throws Exception {
    Map<String, String> settings =
        Map.of("MEMCACHED_SERVERS", addresses, "MEMCACHED_TIMEOUT_MS", "1000");
    try (JarProcess process =
        JarProcess.start(folder, "exec", List.of("-Xmx256m", "-XX:+UseG1GC"), settings)) {
      ApiClient api = process.client();
      relay.begin(WireFaults.of(
          7,
          5,
          WireFaults.Kind.DELAY,
          WireFaults.Kind.DRIP,
          WireFaults.Kind.CUT,
          WireFaults.Kind.RESET));
      List<SoakLoad> loads = new ArrayList<>();
      for (int i = 0; i < CLIENTS_OF_EACH; i++) {
        loads.add(new SoakLoad(2 * i, SoakLoad.overHttp(api), record));
        loads.add(new SoakLoad(2 * i + 1, SoakLoad.through(library), record));
      }
      List<Future<?>> running = loads.stream().map(threads::submit).collect(Collectors.toList());
      running.add(threads.submit(() -> restartInTurn()));
      running.add(threads.submit(() -> dump(api)));
      ProcessSamples samples = new ProcessSamples(process.pid());
      long end = System.nanoTime() + DURATION.toNanos();
      while (System.nanoTime() < end) {
        samples.take();
        threads.awaitTermination(BETWEEN_SAMPLES.toMillis(), TimeUnit.MILLISECONDS);
      }
      record.end();
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
      relay.endFaults();
      Await.until(() -> api.send("POST", "/", null).status() == 200);
      String table = record.table(DURATION, relay.faultCounts()) + samples.table();
      System.out.println(table);
      Files.writeString(Path.of("target", "soak.txt"), table);
      assertEquals(List.of(), record.wrong());
      assertEquals(List.of(), unexpectedLines(process));
      assertTrue(record.isComplete(), table);
      if (MINUTES > 0) {
        assertEquals(List.of(), samples.growing());
      }
      process.terminate();
      assertEquals(143, process.awaitEnd(10));
    }
  }

  /** Returns what the service reports as a fault of its own. */
  private static List<String> unexpectedLines(JarProcess process) {
    return process.err().lines().filter(line -> line.contains("Exception")).toList();
  }

  private void restartInTurn() {
    for (int i = 0; record.pause(BETWEEN_RESTARTS); i++) {
      servers.get(i % servers.size()).restart();
      record.restarted();
    }
  }

  private void dump(ApiClient api) {
    while (record.pause(BETWEEN_DUMPS)) {
      record.dumped(api.send("POST", "/", null));
    }
  }
}

package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** The jar that is shipped, without memory or without room for its dumps. */
class ExhaustionIT {
  /** More than there is: otherwise the store would make room in time. */
  private static final Map<String, String> UNLIMITED = Map.of("CACHE_MAX_BYTES", "1000000000");

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({
    "-XX:+ExitOnOutOfMemoryError, Terminating due to java.lang.OutOfMemoryError",
    "-XX:-ExitOnOutOfMemoryError, cache: memory is gone"
  })
  void itSaysThatItsMemoryIsGoneAndKeepsItsDump(String option, String message) throws Exception {
    byte[] dump;
    Set<String> dumps;
    Map<String, String> settings = new HashMap<>(UNLIMITED);
    settings.put("CACHE_DUMP_RATE", "10");
    try (JarProcess process =
        JarProcess.start(folder, "exec", List.of("-Xmx48m", option), settings)) {
      ApiClient api = process.client();
      api.put("kept", "1");
      api.send("POST", "/", null).expect(200);
      dump = Files.readAllBytes(process.dumpFile());
      dumps = process.dumps();
      IntStream.range(0, 300).parallel().forEach(i -> api.put("small" + i, "1"));
      CompletableFuture.runAsync(() -> api.send("POST", "/", null));
      Await.until(() -> process.dumps().size() > dumps.size());
      fillUntilItEnds(process, api);
      assertEquals(3, process.awaitEnd(60));
      assertTrue(process.printed().contains(message), process.printed());
      assertArrayEquals(dump, Files.readAllBytes(process.dumpFile()));
    }
    try (JarProcess again = JarProcess.start(folder, Map.of())) {
      ApiClient api = again.client();
      assertEquals(dumps, again.dumps());
      assertEquals(1, api.send("POST", "/restore/", null).expect(200).number("restored"));
    }
  }

  private static void fillUntilItEnds(JarProcess process, ApiClient api)
      throws InterruptedException {
    String body = "{\"value\": \"" + "x".repeat(500_000) + "\"}";
    for (int i = 0; i < 1_000 && process.isAlive(); i++) {
      String path = "/key/k" + i + "/";
      try {
        CompletableFuture.supplyAsync(() -> api.send("POST", path, body)).get(20, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // It has no answer if the process has ended, or is about to.
      }
    }
  }

  /** A limit of the size of files stops a dump like a full disk, but no other program. */
  @Test
  void aDumpFailsWithoutRoomAndSucceedsWithRoom() throws Exception {
    String limited = "ulimit -S -f 400 && exec";
    try (JarProcess process = JarProcess.start(folder, limited, List.of(), Map.of())) {
      ApiClient api = process.client();
      api.put("first", "1");
      api.send("POST", "/", null).expect(200);
      byte[] first = Files.readAllBytes(process.dumpFile());
      Set<String> before = process.dumps();
      String value = "\"" + "x".repeat(10_000) + "\"";
      IntStream.range(0, 100).forEach(i -> api.put("large" + i, value));

      Reply failed = api.send("POST", "/", null);
      assertTrue(failed.status() >= 500, failed.json().toString());
      assertTrue(
          failed.text("detail").contains("the dump dump.json could not be written: File too large"),
          failed.json().toString());
      assertTrue(process.err().contains("could not be written: File too large"), process.err());
      assertEquals(before, process.dumps());
      assertArrayEquals(first, Files.readAllBytes(process.dumpFile()));
      assertEquals(1, api.get("/key/first/").expect(200).number("value"));

      giveRoom(process.pid());
      assertEquals(101, api.send("POST", "/", null).expect(200).number("entries"));
      assertEquals(before.size() + 1, process.dumps().size());
    }
  }

  private static void giveRoom(long pid) throws InterruptedException {
    try {
      Process prlimit = new ProcessBuilder(
              "prlimit", "--pid", String.valueOf(pid), "--fsize=unlimited:")
          .inheritIO()
          .start();
      assertEquals(0, prlimit.waitFor());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

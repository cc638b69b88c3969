package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.Interruption;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

class CommandLineFailureIT extends CommandLineFixture {
  private static final int TERMINATED = 143;

  @Test
  void productionAllowsOnlyDryRuns() {
    List<MemcachedServer> one = servers(1);
    fill(one);
    Path file = folder.resolve("dump.json");
    dump(one, file);
    List<MemcachedServer> target = servers(1);
    assertEquals(3, run(on(target), "restore", file.toString()));
    assertTrue(err().startsWith("cache: restore failed: the environment is production"), err());
    Map<String, String> settings = new HashMap<>(on(target));
    settings.put("CACHE_DUMP_FILE", file.toString());
    assertEquals(0, run(settings, "restore", "--dry-run"), err());
    expectLine("would be stored +3,000");
    assertEquals(0, items(target));
  }

  @Test
  void downServerFailsADumpUnlessPartial() throws IOException {
    List<MemcachedServer> three = servers(3);
    fill(three);
    MemcachedServer lost = three.get(1);
    Path file = folder.resolve("dump.json");
    lost.stop();
    assertEquals(1, run(on(three), "dump", file.toString()));
    assertTrue(err().startsWith("cache: dump failed: " + lost.address() + ": "), err());
    assertEquals(List.of(), names(folder));

    assertEquals(4, run(on(three), "dump", "--partial", file.toString()));
    assertTrue(err().startsWith("cache: keys of " + lost.address() + " are missing: "), err());
    List<String> names = names(folder);
    assertEquals(1, names.size());
    assertEquals(4, run(Map.of(), "verify", folder.resolve(names.get(0)).toString()));
    expectLine("valid: [0-9,]+ entries, .*, incomplete");
    expectLine("  keys of " + lost.address() + " are missing: .*");
  }

  @Test
  void downServerStopsARestoreWithAnAccount() {
    List<MemcachedServer> one = servers(1);
    fill(one);
    Path file = folder.resolve("dump.json");
    dump(one, file);
    one.get(0).stop();
    assertEquals(1, run(changing(one), "restore", file.toString()));
    assertTrue(
        err().startsWith("cache: restore failed: restore stopped after 0 of 3000 keys: "), err());
    expectLine("stored +0");
    expectLine("left +3,000");
  }

  @Test
  void cancelledRestoreReportsStoredEntries() throws Exception {
    List<MemcachedServer> one = servers(1);
    fill(one);
    Path file = folder.resolve("dump.json");
    dump(one, file);
    MemcachedServer target = servers(1).get(0);
    Map<String, String> settings = changing(List.of(target));
    settings.put("MEMCACHED_TIMEOUT_MS", "60000");
    target.pause();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    Interruption interruption = new Interruption();
    Main main = new Main(new CommandContext(
        System.in, System.out, errors, false, settings, interruption, Clock.systemUTC()));
    CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
        () -> main.execute(List.of("restore", "--ttl=never", file.toString())));
    interruption.request();
    target.resume();
    assertEquals(1, status.get(20, TimeUnit.SECONDS));
    assertEquals(
        "cache: the restore was cancelled; %,d entries are stored and stay\n"
            .formatted(target.stat("curr_items")),
        err());
  }

  @Test
  void terminatedDumpLeavesNoTrace() throws Exception {
    List<MemcachedServer> one = servers(1);
    fill(one);
    Path dumps = Files.createDirectory(folder.resolve("dumps"));
    Path errors = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        System.getProperty("cache.jar"),
        "dump",
        dumps.resolve("dump.json").toString(),
        "--rate=100");
    builder.environment().putAll(on(one));
    builder.redirectError(errors.toFile());
    Process process = builder.start();
    Await.until(() -> {
      try {
        return names(dumps).stream().anyMatch(name -> name.endsWith(".tmp"));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    process.toHandle().destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(TERMINATED, process.exitValue());
    assertEquals(List.of(), names(dumps));
    String reported = "cache: the dump was cancelled; there is no trace of it\n";
    assertEquals(reported, Files.readString(errors));
    assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  @Test
  void processExitsWithItsCommandsStatus() throws Exception {
    Path file = Files.writeString(folder.resolve("none.json"), "[\"a\"]");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            System.getProperty("cache.jar"),
            "verify",
            file.toString())
        .redirectErrorStream(true)
        .start();
    String reported = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(5, process.waitFor());
    assertTrue(reported.startsWith("no dump: it is a list of 1 key,"), reported);
    assertEquals(1, reported.lines().count());
  }
}

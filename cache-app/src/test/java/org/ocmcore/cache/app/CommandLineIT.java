package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/** Dumps and restores without the service, on real servers. */
class CommandLineIT {
  private static final int TERMINATED = 143;

  /** Enough that a dump has several blocks. */
  private static final int COUNT = 3_000;

  @TempDir
  private Path folder;

  private final List<MemcachedServer> started = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void stopServers() {
    started.forEach(MemcachedServer::close);
  }

  private List<MemcachedServer> servers(int count) {
    List<MemcachedServer> servers =
        Stream.generate(MemcachedServer::start).limit(count).toList();
    started.addAll(servers);
    return servers;
  }

  private static String addresses(List<MemcachedServer> servers) {
    return servers.stream().map(MemcachedServer::address).collect(Collectors.joining(","));
  }

  private static MemcachedStore open(List<MemcachedServer> servers) {
    return MemcachedStore.open(MemcachedSettings.parse(addresses(servers)), Clock.systemUTC());
  }

  private static CacheKey key(int i) {
    return CacheKey.of((i % 2 == 0 ? "user:" : "page:") + i);
  }

  private static CacheValue value(int i) {
    return CacheValue.of(("value " + i + " ").repeat(50).getBytes(StandardCharsets.UTF_8), i % 7);
  }

  private static void fill(List<MemcachedServer> servers) {
    try (MemcachedStore store = open(servers)) {
      for (int i = 0; i < COUNT; i++) {
        store
            .cache()
            .store(key(i), value(i), i % 3 == 0 ? Lifetime.FOREVER : Lifetime.ofSeconds(5_000));
      }
    }
  }

  private static long items(List<MemcachedServer> servers) {
    return servers.stream().mapToLong(server -> server.stat("curr_items")).sum();
  }

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

  private int run(Map<String, String> settings, String... arguments) {
    out.reset();
    err.reset();
    return new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            settings)
        .run(List.of(arguments));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, String> on(List<MemcachedServer> servers) {
    return Map.of("MEMCACHED_SERVERS", addresses(servers), "CACHE_DUMP_MAX_LATENCY_MS", "0");
  }

  private static Map<String, String> changing(List<MemcachedServer> servers) {
    Map<String, String> settings = new HashMap<>(on(servers));
    settings.put("CACHE_ENVIRONMENT", "development");
    return settings;
  }

  private void dump(List<MemcachedServer> servers, Path file) {
    assertEquals(0, run(on(servers), "dump", file.toString()), err());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void expectLine(String regex) {
    assertTrue(out().lines().anyMatch(line -> line.matches(regex)), out());
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
      expectLine("%s +%2$,d +%2$,d +0 +0 +0 +0 +0".formatted(server.address(), count));
    }
    expectLine("all +3,000 +3,000 +0 +0 +0 +0 +0");
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
    assertEquals("cache: the dump is damaged; what is intact of it was taken\n", err());
    assertEquals(intact, number("stored +([0-9,]+)"));
    assertEquals(intact, items(target));
  }

  private long number(String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(out());
    assertTrue(matcher.find(), out());
    return Long.parseLong(matcher.group(1).replace(",", ""));
  }

  @Test
  void productionIsOnlyRehearsed() {
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
    try (Interruption interruption = Interruption.listen()) {
      CommandContext shell = new CommandContext(System.out, errors, false, settings, interruption);
      CommandLine line =
          CommandLine.parse(Command.RESTORE, List.of("--ttl=never", file.toString()));
      CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> restore(shell, line));
      interruption.request();
      target.resume();
      assertEquals(1, status.get(20, TimeUnit.SECONDS));
    }
    assertEquals(
        "cache: the restore was cancelled; %,d entries are stored and stay\n"
            .formatted(target.stat("curr_items")),
        err());
  }

  private static int restore(CommandContext shell, CommandLine line) {
    try {
      return new RestoreCommand(shell, line).run();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
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
    String told = "cache: the dump was cancelled; there is no trace of it\n";
    assertEquals(told, Files.readString(errors));
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
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(5, process.waitFor());
    assertTrue(told.startsWith("no dump: it is a list of 1 key,"), told);
    assertEquals(1, told.lines().count());
  }
}

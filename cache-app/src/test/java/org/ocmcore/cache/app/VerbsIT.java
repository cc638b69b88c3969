package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.Interruption;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** Every verb that works on servers directly and through a service gives the same answer. */
class VerbsIT {
  private static final String HOSTILE = "evil\u001b[31m\u202ekey";

  @TempDir
  private Path folder;

  private final List<MemcachedServer> servers =
      List.of(MemcachedServer.start(), MemcachedServer.start());
  private RunningService service;
  private String url;
  private String out;
  private String err;

  @BeforeEach
  void start() {
    try (MemcachedStore store =
        MemcachedStore.open(MemcachedSettings.parse(addresses()), Clock.systemUTC())) {
      for (int i = 0; i < 20; i++) {
        store
            .cache()
            .store(
                CacheKey.of((i % 2 == 0 ? "user:" : "page:x:") + i),
                CacheValue.of("v".repeat(10 + i).getBytes(StandardCharsets.UTF_8), i),
                i % 4 == 0 ? Lifetime.FOREVER : Lifetime.ofSeconds(100_000));
      }
      store
          .cache()
          .store(
              CacheKey.ofBytes(HOSTILE.getBytes(StandardCharsets.UTF_8)),
              CacheValue.ofText(HOSTILE),
              Lifetime.FOREVER);
    }
    Map<String, String> settings = new HashMap<>(Map.of("MEMCACHED_SERVERS", addresses()));
    service = RunningService.start(StoreKind.MEMORY, "development", settings);
    url = service.url();
  }

  @AfterEach
  void stop() {
    service.close();
    servers.forEach(MemcachedServer::close);
  }

  private String addresses() {
    return servers.get(0).address() + "," + servers.get(1).address();
  }

  private int execute(boolean direct, String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(direct ? List.of("--servers", addresses()) : List.of("--url", url));
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int status = new Main(new CommandContext(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(results, true, StandardCharsets.UTF_8),
            new PrintStream(messages, true, StandardCharsets.UTF_8),
            false,
            Map.of("CACHE_ENVIRONMENT", "development"),
            new Interruption(),
            Clock.systemUTC()))
        .execute(all);
    out = results.toString(StandardCharsets.UTF_8);
    err = messages.toString(StandardCharsets.UTF_8);
    return status;
  }

  /** Without what differs from second to second, and between two connections. */
  private static String steady(String text) {
    // Servers keep no plans.
    return text.replaceAll(",\"plan\":\"[^\"]*\"", "")
        .replaceAll("\"(as_of|duration_ms)\":(\"[^\"]*\"|\\d+)", "\"$1\":0")
        .replaceAll("(as of) \\S+", "$1 T")
        .replaceAll("(?m)^cache: to do it within an hour: .*\\R", "")
        .replaceAll(
            "\"(hits|misses|hit_ratio|connections|uptime_seconds|latency_ms)\":[^,}]*", "\"$1\":0")
        .replaceAll("\"(last_access_seconds|ttl_seconds)\":\\d+", "\"$1\":0")
        .replaceAll("on \\S.*\\(development\\)", "on (development)")
        .replaceAll("[0-9.]+ ms|[0-9.]+,1.6", "L")
        .replaceAll("(?m)(1\\.6\\.\\d+) +\\d+s", "$1 U")
        .replaceAll("(?m)(1\\.6\\.\\d+),\\d+,", "$1,U,")
        .replaceAll("[0-9]+ %|0\\.\\d+,|-(?= +no)", "H")
        .replaceAll("1d 3h", "T")
        .replaceAll("(?m)^(\\d+),\\d*,\\d+,127", "$1,0,0,127")
        .replaceAll("(?m) +\\d+s  127", " 0s  127");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys",
        "keys user --limit 3",
        "keys -l --sort size --limit 4",
        "keys --glob user:* -o ndjson",
        "keys --no-ttl -o json",
        "keys evil",
        "keys evil -o csv",
        "tree",
        "tree page: --sort keys",
        "tree -o json",
        "tree user: -o csv --limit 2",
        "stats -o json",
        "get user:2",
        "get user:2 page:x:3 -o ndjson",
        "get user:4 --meta",
        "get user:4 page:x:3 --meta -o ndjson",
        "get nothing user:4 --meta",
        "get user:4 --meta --raw",
        "get user:4 nothing",
        "get user:4 --raw",
        "get ZXZpbBtbMzFt4oCua2V5 --base64",
        "get * --base64",
        "get user:4 --decode auto",
        "get user:4 --decode auto -o json",
        "get user:4 --decode none",
        "get user:4 --decode gzip",
        "get user:4 --decode xyz",
        "get nothing --decode auto",
        "check",
        "check -o json",
        "check -o csv",
        "check -o ndjson",
        "analyze",
        "analyze -o json",
        "analyze --prefix user: -o csv",
        "analyze --prefix user: -o ndjson",
        "analyze -o xml",
        "stats --watch 10ms",
        "stats --watch soon",
        "flush --dry-run",
        "flush",
        "flush --yes",
        "flush --yes --max-keys 20",
        "flush --yes --max-keys 21",
        "rm --plan x --all",
        "set new some --ttl never",
        "set new some --add",
        "set user:2 some --add",
        "set new some --replace",
        "set user:2 some --replace --ttl keep",
        "set new some --add --replace",
        "set new some --add --ttl keep",
        "rm user:0 page:x:1",
        "rm user:0 nothing",
        "rm --prefix user: --dry-run",
        "rm --prefix user: --dry-run -o json",
        "rm --prefix user: --yes --max-keys 3",
        "rm --prefix user: --yes --max-keys 10 --rate 100000",
        "rm --all --yes --max-keys 21",
        "rm user --prefix user",
        "rm",
        "rm --all",
        "rm --all --yes",
        "touch --ttl 2h user:2",
        "touch --ttl never --pattern page --yes --max-keys 10 --jitter 0",
        "touch --ttl soon user:2",
        "keys --sort ttl",
        "keys --limit 0",
        "keys -o xml",
        "tree --sort size --limit x"
      })
  void directlyAndByUrlTheAnswerIsTheSame(String command) {
    String[] arguments = command.split(" ");
    String[] twice = new String[2];
    for (boolean direct : new boolean[] {false, true}) {
      int status = execute(direct, "", arguments);
      twice[direct ? 1 : 0] = status + "\n" + steady(out) + "\n" + steady(err);
      if (command.matches("(rm|set|flush).*")) {
        // As it was before.
        restart();
      }
    }
    assertEquals(twice[0], twice[1]);
    assertFalse(twice[0].isBlank());
    assertFalse(out.contains("\u001b") || out.contains("\u202e"), out);
  }

  private void restart() {
    service.close();
    try (MemcachedStore store =
        MemcachedStore.open(MemcachedSettings.parse(addresses()), Clock.systemUTC())) {
      store.cache().clear();
    }
    start();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void keysAreListedAndChanged(boolean direct) {
    assertEquals(0, execute(direct, "", "keys", "^user"));
    assertEquals(10, out.lines().count());
    assertEquals(2, execute(direct, "", "set", "", "x"), err);
    assertTrue(err.contains("KEY is \"\": "), err);
    assertEquals(0, execute(direct, "", "set", "a b\\x1b", "x"), err);
    assertEquals(0, execute(direct, "", "keys", "^a b"), err);
    assertEquals("a b\\x1b\n", out);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void changesReachTheServers(boolean direct) throws IOException {
    Path file = Files.writeString(folder.resolve("value"), "from a file");
    assertEquals(0, execute(direct, "", "set", "mine", "@" + file, "--flags", "7"), err);
    assertEquals("Key 'mine' created\n", out);
    assertEquals(0, execute(direct, "", "get", "mine", "--raw"));
    assertEquals("from a file", out);
    assertEquals(0, execute(direct, "from input", "set", "mine", "-", "--ttl", "keep"), err);
    assertEquals("Key 'mine' replaced\n", out);
    assertEquals(0, execute(direct, "", "get", "mine", "-o", "json"));
    assertTrue(out.contains("\"value\":\"from input\",\"encoding\":\"text\",\"flags\":7"), out);
    assertEquals(0, execute(direct, "mine\nuser:2\n", "rm", "-"), err);
    assertEquals("2 keys deleted\n", out);
    assertEquals(6, execute(direct, "", "get", "mine"));
    assertEquals("cache: there is no key mine\n", err);
    assertEquals(0, execute(direct, "", "rm", "--prefix", "user:", "--yes", "--max-keys", "9"));
    assertEquals("9 keys deleted\n", out);
    assertEquals(0, execute(direct, "", "keys", "--prefix", "user:"));
    assertEquals("", out);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aConditionThatDoesNotHoldStoresNothing(boolean direct) {
    assertEquals(7, execute(direct, "", "set", "mine", "x", "--replace"), err);
    assertTrue(err.contains("Key 'mine' does not exist; nothing was changed"), err);
    assertEquals(0, execute(direct, "", "set", "mine", "first", "--add"), err);
    assertEquals("Key 'mine' created\n", out);
    assertEquals(7, execute(direct, "", "set", "mine", "second", "--add"), err);
    assertTrue(err.contains("Key 'mine' exists already; nothing was changed"), err);
    assertEquals(0, execute(direct, "", "get", "mine", "--meta", "-o", "json"), err);
    assertTrue(out.contains("\"fetched\":false") && !out.contains("first"), out);
    assertEquals(0, execute(direct, "", "get", "mine", "--raw"));
    assertEquals("first", out);
    assertEquals(0, execute(direct, "", "set", "mine", "third", "--replace"), err);
    assertEquals("Key 'mine' replaced\n", out);
    assertEquals(6, execute(direct, "", "get", "none", "--meta"), err);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aServerThatIsDownLeavesItsKeys(boolean direct) {
    assertEquals(0, execute(direct, "", "keys", ":", "-l", "-o", "csv"));
    List<String> rows = out.lines().skip(1).toList();
    List<String> rm = new ArrayList<>(List.of("rm"));
    rows.forEach(row -> rm.add(row.substring(row.lastIndexOf(',') + 1)));
    long left =
        rows.stream().filter(row -> row.contains(servers.get(1).address())).count();
    assertTrue(left > 1 && left < 19, out);
    servers.get(1).close();
    assertEquals(1, execute(direct, "", rm.toArray(String[]::new)));
    assertEquals((20 - left) + " keys deleted\n", out);
    assertTrue(err.contains("left: " + left + " keys: "), err);
  }

  @Test
  void aServiceThatIsNotThereIsNamed() {
    url = "http://127.0.0.1:1";
    assertEquals(1, execute(false, "", "keys"));
    assertTrue(err.contains("http://127.0.0.1:1/api/cache/ does not answer"), err);
  }

  @Test
  void aServiceThatSortsFewerKeysSaysSo() {
    assertEquals(2, execute(false, "", "keys", "--sort", "size", "--limit", "10001"));
    assertTrue(err.contains("a service sorts by size at most 10,000 keys"), err);
    assertEquals(0, execute(true, "", "keys", "--sort", "size", "--limit", "10001"));
    assertEquals(21, out.lines().count());
  }

  @Test
  void productionRefusesChanges() {
    try (RunningService production = RunningService.start(
        StoreKind.MEMORY, "production", Map.of("MEMCACHED_SERVERS", addresses()))) {
      url = production.url();
      assertEquals(3, execute(false, "", "rm", "user:2"));
    }
    assertEquals(0, execute(true, "", "get", "user:2"));
  }
}

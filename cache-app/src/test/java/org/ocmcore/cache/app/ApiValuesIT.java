package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.jackson.JacksonCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values that the API stores, read by other people's clients and by the library. */
class ApiValuesIT {
  private static final Path CLIENTS = Path.of("src/test/resources/clients");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MemcachedServer server = MemcachedServer.start();
  private RunningService service;
  private ApiClient api;

  /** A value of an application. */
  record User(String name, int level) {}

  @BeforeEach
  void open() {
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()));
    api = service.client();
  }

  @AfterEach
  void close() {
    service.close();
    server.stop();
  }

  private Cache library() {
    return Cache.builder(MemcachedStore.open(MemcachedSettings.parse(server.address())))
        .codec(JacksonCodec.create())
        .build();
  }

  /** JSON by key, of every kind that the API stores. */
  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("text", "\"Grüße\"");
    kinds.put("digits", "\"42\"");
    kinds.put("braces", "\"{}\"");
    kinds.put("word", "\"true\"");
    kinds.put("number", "42");
    kinds.put("fraction", "-1.50");
    kinds.put("truth", "true");
    kinds.put("nothing", "null");
    kinds.put("list", "[1,\"a\"]");
    kinds.put("object", "{\"name\":\"Ada\",\"level\":3}");
    return kinds;
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/python3, python_memcached.py",
    "/usr/bin/python3, pymemcache_client.py",
    "/usr/bin/python3, pylibmc_client.py",
    "php, php_memcached.php",
    "ruby, dalli.rb"
  })
  void otherClientsReadEveryKindAtOnce(String interpreter, String script) throws Exception {
    kinds().forEach(api::put);
    JsonNode read = read(interpreter, script, kinds().keySet());
    assertEquals(kinds().size(), read.size());
    JsonMapper json = JsonMapper.shared();
    kinds().forEach((key, kind) -> {
      JsonNode stored = json.readTree(kind);
      String seen = read.path(key).asString();
      if (stored.isString()) {
        assertEquals(stored.stringValue(), seen, key);
      } else {
        assertEquals(stored, json.readTree(seen), key);
      }
      Reply shown = api.get("/key/" + key + "/").expect(200);
      assertEquals(stored, shown.at("value"), key);
      assertEquals(0, shown.number("flags"), key);
    });
  }

  /** python-memcached marks an integer by flags 2. */
  @Test
  void aReplacedValueKeepsTheTypeOfItsClient() throws Exception {
    read("/usr/bin/python3", "python_memcached.py", List.of("own:number"));
    assertEquals(2, api.get("/key/own:number/").number("flags"));
    api.send("POST", "/key/own:number/", "{\"value\": \"43\"}").expect(200);
    JsonNode read = read("/usr/bin/python3", "python_memcached.py", List.of("own:number"));
    assertEquals("43", read.path("own:number").toString());
  }

  @Test
  void theLibraryReadsWhatTheApiStores() {
    kinds().forEach(api::put);
    try (Cache cache = library()) {
      assertEquals(Optional.of("Grüße"), cache.get("text", String.class));
      assertEquals(Optional.of("42"), cache.get("digits", String.class));
      assertEquals(Optional.of(42), cache.get("number", Integer.class));
      assertEquals(Optional.of(-1.5), cache.get("fraction", Double.class));
      assertEquals(Optional.of(true), cache.get("truth", Boolean.class));
      assertEquals(Optional.empty(), cache.get("nothing", User.class));
      assertEquals(Optional.of(new User("Ada", 3)), cache.get("object", User.class));
      assertEquals(43, cache.increment("number", 1, HOUR));
    }
  }

  @Test
  void theApiShowsWhatTheLibraryStores() {
    try (Cache cache = library()) {
      cache.set("text", "Grüße", HOUR);
      cache.set("number", 42, HOUR);
      cache.set("object", new User("Ada", 3), HOUR);
      cache.loading(String.class).cacheMissesFor(HOUR).get("nothing", () -> null);
    }
    assertEquals("Grüße", api.get("/key/text/").text("value"));
    assertEquals("42", api.get("/key/number/").text("value"));
    assertEquals(
        JsonMapper.shared().readTree("{\"name\":\"Ada\",\"level\":3}"),
        JsonMapper.shared().readTree(api.get("/key/object/").text("value")));
    assertTrue(api.get("/key/nothing/").at("value").isNull());
  }

  private JsonNode read(String interpreter, String script, Iterable<String> keys) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(interpreter, CLIENTS.resolve(script).toString(), server.address()));
    keys.forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    assertEquals(0, ended ? process.exitValue() : -1, output);
    return JsonMapper.shared()
        .readTree(output.lines().reduce((first, last) -> last).orElseThrow());
  }
}
